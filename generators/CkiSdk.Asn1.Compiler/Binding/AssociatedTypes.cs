using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Holds the SEQUENCE types that give EXTERNAL, EMBEDDED PDV, CHARACTER STRING and INSTANCE OF their values and encodings, and REAL and DURATION their parts
/// (X.680 21.5, 36.5, 37.5, 38.4.4, 44.5, X.681 C.7, X.690 8.18).</summary>
internal static class AssociatedTypes
{
    private const string Identification = """
        identification CHOICE {
            syntaxes SEQUENCE { abstract OBJECT IDENTIFIER, transfer OBJECT IDENTIFIER },
            syntax OBJECT IDENTIFIER,
            presentation-context-id INTEGER,
            context-negotiation SEQUENCE { presentation-context-id INTEGER, transfer-syntax OBJECT IDENTIFIER },
            transfer-syntax OBJECT IDENTIFIER,
            fixed NULL },
        """;

    private static readonly Lazy<Dictionary<string, (TypeSyntax Type, Scope Scope)>> Types = new(Read);

    /// <summary>Returns the type behind a builtin one; <c>EXTERNAL VALUE</c> is the form of its values, <c>EXTERNAL</c> that of its encoding.</summary>
    public static (TypeSyntax Type, Scope Scope) Of(string builtin) => Types.Value[builtin];

    /// <summary>Returns the type whose components WITH COMPONENTS names; null for a type that has none.</summary>
    public static (SequenceTypeSyntax Type, Scope Scope)? OfConstraint(string builtin) => builtin switch
    {
        "REAL" or "DURATION" or "CHARACTER STRING" or "EMBEDDED PDV" => ((SequenceTypeSyntax)Of(builtin).Type, Of(builtin).Scope),

        // Of the ways to name a syntax it lacks three, which its own definition says are absent.
        "EXTERNAL" => OfConstraint("EMBEDDED PDV"),
        _ => null,
    };

    /// <summary>Turns the value of an EXTERNAL into the form of its encoding (X.690 8.18.2).</summary>
    public static SequenceNode Encoded(SequenceNode value)
    {
        var fields = new List<FieldNode>();
        switch (value.Fields[0].Value)
        {
            case ChoiceNode { Alternative: "syntax" } syntax:
                fields.Add(new FieldNode("direct-reference", syntax.Value));
                break;
            case ChoiceNode { Alternative: "presentation-context-id" } context:
                fields.Add(new FieldNode("indirect-reference", context.Value));
                break;
            case ChoiceNode { Value: SequenceNode negotiation }:
                fields.Add(new FieldNode("direct-reference", negotiation.Fields[1].Value));
                fields.Add(new FieldNode("indirect-reference", negotiation.Fields[0].Value));
                break;
        }

        fields.AddRange(value.Fields.Where(field => field.Name == "data-value-descriptor"));
        fields.Add(new FieldNode("encoding", new ChoiceNode("octet-aligned", value.Fields[value.Fields.Count - 1].Value)));
        return new SequenceNode(new EquatableArray<FieldNode>(fields));
    }

    private static Dictionary<string, (TypeSyntax Type, Scope Scope)> Read()
    {
        var automatic = Parser.Parse(new SourceText("X.680", $$"""
            Associated DEFINITIONS AUTOMATIC TAGS ::= BEGIN
            EmbeddedPdv ::= SEQUENCE { {{Identification}} data-value-descriptor ObjectDescriptor OPTIONAL, data-value OCTET STRING }
            CharacterString ::= SEQUENCE { {{Identification}} string-value OCTET STRING }
            ExternalValue ::= SEQUENCE {
                identification CHOICE { syntax OBJECT IDENTIFIER, presentation-context-id INTEGER,
                    context-negotiation SEQUENCE { presentation-context-id INTEGER, transfer-syntax OBJECT IDENTIFIER } },
                data-value-descriptor ObjectDescriptor OPTIONAL, data-value OCTET STRING }
            Real ::= SEQUENCE { mantissa INTEGER, base INTEGER (2 | 10), exponent INTEGER }
            Duration ::= SEQUENCE { years INTEGER (0..MAX) OPTIONAL, months INTEGER (0..MAX) OPTIONAL, weeks INTEGER (0..MAX) OPTIONAL, days INTEGER (0..MAX) OPTIONAL,
                hours INTEGER (0..MAX) OPTIONAL, minutes INTEGER (0..MAX) OPTIONAL, seconds INTEGER (0..MAX) OPTIONAL,
                fractional-part SEQUENCE { number-of-digits INTEGER (1..MAX), fractional-value INTEGER (0..MAX) } OPTIONAL }
            END
            """));
        var explicitly = Parser.Parse(new SourceText("X.690", """
            Associated DEFINITIONS EXPLICIT TAGS ::= BEGIN
            External ::= SEQUENCE { direct-reference OBJECT IDENTIFIER OPTIONAL, indirect-reference INTEGER OPTIONAL, data-value-descriptor ObjectDescriptor OPTIONAL,
                encoding CHOICE { single-ASN1-type [0] ANY, octet-aligned [1] IMPLICIT OCTET STRING, arbitrary [2] IMPLICIT BIT STRING } }
            InstanceOf ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] ANY }
            END
            """));
        var result = new Dictionary<string, (TypeSyntax, Scope)>(StringComparer.Ordinal);
        Add(result, automatic, "EMBEDDED PDV", "CHARACTER STRING", "EXTERNAL VALUE", "REAL", "DURATION");
        Add(result, explicitly, "EXTERNAL", "INSTANCE OF");
        return result;
    }

    private static void Add(Dictionary<string, (TypeSyntax Type, Scope Scope)> types, ParseResult parsed, params string[] names)
    {
        var module = parsed.Modules[0];
        var unit = new ModuleUnit(module, parsed, "Standard");
        for (var i = 0; i < names.Length; i++)
        {
            types.Add(names[i], (((TypeAssignmentSyntax)module.Assignments[i]).Type, unit.Scope));
        }
    }
}
