using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

/// <summary>Writes values and actual parameters on one line.</summary>
internal static class ValueText
{
    public static string Of(ValueSyntax value) => value switch
    {
        LiteralValueSyntax { Token.Kind: TokenKind.String } literal => $"\"{literal.Token.Text}\"",
        LiteralValueSyntax { Token.Kind: TokenKind.BinaryString } literal => $"'{literal.Token.Text}'B",
        LiteralValueSyntax { Token.Kind: TokenKind.HexString } literal => $"'{literal.Token.Text}'H",
        LiteralValueSyntax literal => literal.Token.Text,
        WordValueSyntax word => word.Word,
        ReferenceValueSyntax r => (r.Module is null ? "" : r.Module + ".") + r.Name + Arguments(r.Arguments) + string.Concat(r.Fields.Select(field => "." + field)),
        ChoiceValueSyntax choice => $"{choice.Alternative}:{Of(choice.Value)}",
        OpenTypeValueSyntax open => $"({TypeText.Of(open.Type)}):{Of(open.Value)}",
        BlockValueSyntax block => $"{{{TreeText.Words(block.Tokens)}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    public static string Of(ArgumentSyntax argument) => (argument.Type, argument.Value) switch
    {
        ({ } type, null) => TypeText.Of(type),
        (null, { } value) => Of(value),
        ({ } type, { } value) => $"{TypeText.Of(type)}/{Of(value)}",
        _ => "nothing",
    };

    public static string Arguments(IReadOnlyList<ArgumentSyntax>? arguments) => arguments is null ? "" : $"<{TreeText.List(arguments, Of)}>";
}
