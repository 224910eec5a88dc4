using System.Numerics;

namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a value of a simple type that stands in a constraint.</summary>
public abstract record ConstantNode;

/// <summary>Is TRUE or FALSE.</summary>
public sealed record BooleanConstant(bool Value) : ConstantNode;

/// <summary>Is a whole number, or the number of an enumeration's item.</summary>
public sealed record NumberConstant(BigInteger Value) : ConstantNode;

/// <summary>Is a real number.</summary>
public sealed record RealConstant(double Value) : ConstantNode;

/// <summary>Is NULL.</summary>
public sealed record NullConstant : ConstantNode;

/// <summary>Is a bit string, a digit for each bit.</summary>
public sealed record BitsConstant(string Digits) : ConstantNode;

/// <summary>Is an octet string in hexadecimal digits.</summary>
public sealed record OctetsConstant(string Hex) : ConstantNode;

/// <summary>Is an object identifier, absolute or relative, in dotted form.</summary>
public sealed record OidConstant(string Dotted) : ConstantNode;

/// <summary>Is a character string or a time in its text form.</summary>
public sealed record TextConstant(string Text) : ConstantNode;
