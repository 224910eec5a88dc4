using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>Says whether a value that a reference leads to is one of the governing type, and describes values and types.</content>
internal sealed partial class ValueNodeBinder
{
    private ValueNode? Fit(ValueNode node, ReferenceValueSyntax reference, Scope scope, Peeled definition, TypeSyntax governor, Scope governorScope)
    {
        // The value of an open type brings its own type along.
        if (definition.Base is AnyTypeSyntax or ClassFieldTypeSyntax)
        {
            return node is OpenNode ? node : Encoder.Encode(node, governor, governorScope) is { } der ? new OpenNode(node, der) : null;
        }

        if (IsOf(node, definition.Base) && !IsOtherString(node, definition, governor, governorScope))
        {
            return node;
        }

        reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, reference.Span, $"expected {Describe(definition)}, found {reference.Name}, which is {Describe(node)}");
        return null;
    }

    /// <summary>Only strings over ISO 10646 go for each other (X.680 F.6); the others hold escapes that a decoder would take for characters.</summary>
    private bool IsOtherString(ValueNode node, Peeled definition, TypeSyntax governor, Scope governorScope) =>
        node is TextNode && definition.Base is BuiltinTypeSyntax expected && peeler.Definition(governor, governorScope)?.Base is BuiltinTypeSyntax found
        && Kind(expected.Name) != Kind(found.Name);

    private static string Kind(string type) => type switch
    {
        "T61String" => "TeletexString",
        "TeletexString" or "VideotexString" or "GraphicString" or "GeneralString" or "ObjectDescriptor" => type,
        _ => "ISO 10646",
    };

    private static bool IsOf(ValueNode node, TypeSyntax type) => (node, type) switch
    {
        (BooleanNode, BuiltinTypeSyntax { Name: "BOOLEAN" }) => true,
        (NullNode, BuiltinTypeSyntax { Name: "NULL" }) => true,
        (RealNode or SpecialRealNode, BuiltinTypeSyntax { Name: "REAL" }) => true,
        (OidNode, BuiltinTypeSyntax { Name: "OBJECT IDENTIFIER" }) => true,
        (RelativeOidNode, BuiltinTypeSyntax { Name: "RELATIVE-OID" }) => true,
        (OctetsNode, BuiltinTypeSyntax { Name: "OCTET STRING" }) => true,
        (TimeNode, BuiltinTypeSyntax builtin) => TimeNotation.Knows(builtin.Name),
        (TextNode text, BuiltinTypeSyntax builtin) => StringAlphabets.Knows(builtin.Name) && StringAlphabets.FirstOutside(builtin.Name, text.Text) is null,
        (SequenceNode, BuiltinTypeSyntax { Name: "EXTERNAL" or "EMBEDDED PDV" or "CHARACTER STRING" } or InstanceOfTypeSyntax) => true,
        (IntegerNode, IntegerTypeSyntax) => true,
        (BitsNode, BitStringTypeSyntax) => true,
        (EnumeratedNode item, EnumeratedTypeSyntax items) => NamedItems.Of(items).Find(item.Name) is not null,
        (SequenceNode value, SequenceTypeSyntax sequence) => HasAll(sequence.Components, value.Fields.Select(field => field.Name)),
        (ListNode, SequenceOfTypeSyntax) => true,
        (ChoiceNode value, ChoiceTypeSyntax choice) => Named(choice.Alternatives, value.Alternative),
        _ => false,
    };

    private static bool HasAll(IReadOnlyList<ComponentSyntax> entries, IEnumerable<string> names)
    {
        var known = new HashSet<string>(entries.OfType<NamedComponentSyntax>().Select(component => component.Name).OfType<string>(), StringComparer.Ordinal);
        return names.All(name => known.Contains(name) || Named(entries, name));
    }

    private static bool Named(IReadOnlyList<ComponentSyntax> entries, string name) => entries.Any(entry => entry switch
    {
        NamedComponentSyntax component => component.Name == name,
        ExtensionGroupSyntax group => Named(group.Components, name),
        ComponentsOfSyntax => true,
        _ => false,
    });

    private static bool IsAbsent(Peeled definition) => definition.Base is AnyTypeSyntax { IsAbsent: true };

    private static string Describe(Peeled definition) => definition.Base switch
    {
        BuiltinTypeSyntax builtin => $"a value of {builtin.Name}",
        IntegerTypeSyntax => "a value of INTEGER",
        BitStringTypeSyntax => "a value of BIT STRING",
        EnumeratedTypeSyntax items => $"an item of ENUMERATED {{{string.Join(", ", items.Root.Take(5).Select(item => item.Name))}{(items.Root.Count > 5 || items.IsExtensible ? ", …" : string.Empty)}}}",
        SequenceTypeSyntax sequence => $"a value of {(sequence.IsSet ? "SET" : "SEQUENCE")} in braces",
        SequenceOfTypeSyntax list => $"a value of {(list.IsSet ? "SET" : "SEQUENCE")} OF in braces",
        ChoiceTypeSyntax choice => $"an alternative of CHOICE ({string.Join(", ", choice.Alternatives.OfType<NamedComponentSyntax>().Take(5).Select(alternative => alternative.Name))}{(choice.Alternatives.Count > 5 ? ", …" : string.Empty)}) with a colon and its value",
        InstanceOfTypeSyntax => "a value of INSTANCE OF",
        _ => "a type, a colon and its value",
    };

    private static string Describe(ValueSyntax value) => value switch
    {
        LiteralValueSyntax { Token.Kind: TokenKind.Number or TokenKind.RealNumber } literal => $"the number {Short(literal.Token.Text)}",
        LiteralValueSyntax { Token.Kind: TokenKind.String } literal => $"the string \"{Short(literal.Token.Text)}\"",
        LiteralValueSyntax literal => literal.Token.Kind == TokenKind.BinaryString ? "a bstring" : "an hstring",
        WordValueSyntax word => word.Word,
        ReferenceValueSyntax reference => reference.Name,
        ChoiceValueSyntax choice => $"a value of the alternative {choice.Alternative}",
        OpenTypeValueSyntax => "a value with its type before it",
        _ => "something in braces",
    };

    private static string Describe(ValueNode node) => node switch
    {
        BooleanNode => "a BOOLEAN",
        IntegerNode => "an INTEGER",
        RealNode or SpecialRealNode => "a REAL",
        BitsNode => "a BIT STRING",
        OctetsNode => "an OCTET STRING",
        NullNode => "NULL",
        OidNode => "an OBJECT IDENTIFIER",
        RelativeOidNode => "a RELATIVE-OID",
        EnumeratedNode item => $"the item {item.Name}",
        TextNode => "a character string",
        TimeNode => "a time",
        SequenceNode => "a SEQUENCE or SET",
        ListNode => "a SEQUENCE OF or SET OF",
        ChoiceNode choice => $"the alternative {choice.Alternative}",
        _ => "a value of an open type",
    };

    private static string Short(string text) => text.Length > 40 ? text.Substring(0, 40) + "…" : text;
}
