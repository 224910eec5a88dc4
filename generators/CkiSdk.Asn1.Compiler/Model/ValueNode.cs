using System.Numerics;

namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a value of an ASN.1 type, as the value notation gives it once its governing type is known (X.680 17.7).</summary>
/// <remarks>Two nodes are equal if they are the same abstract value written in the same form; octets are held as hexadecimal digits.</remarks>
public abstract record ValueNode;

/// <summary>Is a BOOLEAN.</summary>
public sealed record BooleanNode(bool Value) : ValueNode;

/// <summary>Is an INTEGER.</summary>
public sealed record IntegerNode(BigInteger Value) : ValueNode;

/// <summary>Is a finite REAL, Mantissa · Base^Exponent; the base is 2 or 10, and values of the two are distinct (X.680 21.2).</summary>
public sealed record RealNode(BigInteger Mantissa, int Base, BigInteger Exponent) : ValueNode;

/// <summary>Is a special REAL: <c>PLUS-INFINITY</c>, <c>MINUS-INFINITY</c>, <c>NOT-A-NUMBER</c> or <c>MINUS-ZERO</c>.</summary>
public sealed record SpecialRealNode(string Word) : ValueNode;

/// <summary>Is a BIT STRING: octets, and the number of bits of the last one that are none of the value.</summary>
public sealed record BitsNode(string Hex, int UnusedBits) : ValueNode
{
    /// <summary>Gets the number of bits.</summary>
    public int Length => (Hex.Length * 4) - UnusedBits;
}

/// <summary>Is an OCTET STRING.</summary>
public sealed record OctetsNode(string Hex) : ValueNode;

/// <summary>Is a NULL.</summary>
public sealed record NullNode : ValueNode;

/// <summary>Is an OBJECT IDENTIFIER with dots between its arcs.</summary>
public sealed record OidNode(string Dotted) : ValueNode;

/// <summary>Is a RELATIVE-OID with dots between its arcs.</summary>
public sealed record RelativeOidNode(string Dotted) : ValueNode;

/// <summary>Is an item of an ENUMERATED.</summary>
public sealed record EnumeratedNode(string Name, long Number) : ValueNode;

/// <summary>Is a character string, an ObjectDescriptor, an OID-IRI or a RELATIVE-OID-IRI.</summary>
public sealed record TextNode(string Text) : ValueNode;

/// <summary>Is a UTCTime, a GeneralizedTime or a value of the TIME types, as the notation writes it (X.680 38, 46, 47).</summary>
public sealed record TimeNode(string Text) : ValueNode;

/// <summary>Is a SEQUENCE or SET: the components that were given, in the order of the type.</summary>
public sealed record SequenceNode(EquatableArray<FieldNode> Fields) : ValueNode;

/// <summary>Is a component's value.</summary>
public sealed record FieldNode(string Name, ValueNode Value);

/// <summary>Is a SEQUENCE OF or SET OF.</summary>
public sealed record ListNode(EquatableArray<ValueNode> Items) : ValueNode;

/// <summary>Is a CHOICE.</summary>
public sealed record ChoiceNode(string Alternative, ValueNode Value) : ValueNode;

/// <summary>Is a value of an open type or of ANY: the value and, because its type stands with it, its DER octets.</summary>
public sealed record OpenNode(ValueNode Value, string Der) : ValueNode;
