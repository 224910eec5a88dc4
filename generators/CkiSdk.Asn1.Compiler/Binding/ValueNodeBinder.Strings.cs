using System.Text;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>Character strings, times and internationalised identifiers (X.680 34, 35, 38, 41, 46, 47).</content>
internal sealed partial class ValueNodeBinder
{
    // References make a small text stand for a huge string.
    private const int MostCharacters = 1 << 20;

    private ValueNode? Text(string type, ValueSyntax value, Scope scope, Peeled definition)
    {
        if (TimeNotation.Knows(type))
        {
            return Time(type, value, scope, definition);
        }

        if (!StringAlphabets.Knows(type) || Characters(type, value, scope, definition) is not { } text)
        {
            return StringAlphabets.Knows(type) ? null : Misfit(value, scope, definition);
        }

        var isWarnedOf = (type is "BMPString" or "UniversalString") && text.Length == 1 && char.IsSurrogate(text[0]);
        if (!isWarnedOf && StringAlphabets.FirstOutside(type, text) is { } fault)
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, $"expected {Describe(definition)}, found {fault}");
            return null;
        }

        return new TextNode(text);
    }

    private ValueNode? Time(string type, ValueSyntax value, Scope scope, Peeled definition)
    {
        if (value is not LiteralValueSyntax { Token: { Kind: TokenKind.String, Text: var text } })
        {
            return Misfit(value, scope, definition);
        }

        if (TimeNotation.Fault(type, text) is { } fault)
        {
            if (TimeNotation.IsLoose(type, text))
            {
                reporter.Warning(DiagnosticCodes.DoubtfulValue, scope.Unit, value.Span, $"the time \"{Short(text)}\" has no DER encoding, which needs minutes and the difference to UTC: the value is left out");
                return null;
            }

            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, $"expected {Describe(definition)}, {fault}, found \"{Short(text)}\"");
            return null;
        }

        return new TimeNode(text);
    }

    /// <summary>Returns the text of a cstring, a tuple, a quadruple, or a list of these and of references (X.680 41.8).</summary>
    private string? Characters(string type, ValueSyntax value, Scope scope, Peeled definition)
    {
        if (value is LiteralValueSyntax { Token.Kind: TokenKind.String } literal)
        {
            return literal.Token.Text;
        }

        if (value is not BlockValueSyntax block)
        {
            _ = Misfit(value, scope, definition);
            return null;
        }

        if (Parsed(Parser.ParseValueList(scope.Unit.Source, block.Tokens, block.Span)) is not { } parts)
        {
            return null;
        }

        if (parts.Count > 0 && parts.All(part => part is LiteralValueSyntax { Token.Kind: TokenKind.Number }))
        {
            return Cell(type, parts, block, scope);
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (Bind(part, scope, definition.Base, definition.Scope) is not TextNode piece)
            {
                return null;
            }

            if (text.Length + piece.Text.Length > MostCharacters)
            {
                reporter.Error(DiagnosticCodes.TooDeep, scope.Unit, part.Span, $"a string of more than {MostCharacters} characters is put together here");
                return null;
            }

            text.Append(piece.Text);
        }

        return text.ToString();
    }

    /// <summary>A tuple is column and row of a code table, a quadruple is group, plane, row and cell of ISO 10646.</summary>
    private string? Cell(string type, IReadOnlyList<ValueSyntax> parts, ValueSyntax block, Scope scope)
    {
        var numbers = parts.Select(part => Digits(((LiteralValueSyntax)part).Token.Text, part, scope)).ToList();
        if (numbers.Count == 2 && numbers[0] >= 0 && numbers[0] <= 7 && numbers[1] >= 0 && numbers[1] <= 15)
        {
            return ((char)(int)((numbers[0]!.Value * 16) + numbers[1]!.Value)).ToString();
        }

        if (numbers.Count == 4 && numbers.All(number => number >= 0 && number <= 255))
        {
            var code = numbers.Aggregate(0L, (sum, number) => (sum * 256) + (long)number!.Value);
            var isSurrogate = code is >= 0xD800 and <= 0xDFFF;
            if (code <= 0x10FFFF && !isSurrogate)
            {
                return char.ConvertFromUtf32((int)code);
            }

            // X.680 43 names the zones of surrogates as sets of cells, and the module of its characters is published so.
            if (isSurrogate && (type is "BMPString" or "UniversalString"))
            {
                reporter.Warning(DiagnosticCodes.DoubtfulValue, scope.Unit, block.Span, "a surrogate alone is no character: no value can hold it");
                return ((char)code).ToString();
            }
        }

        reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, block.Span, "expected a tuple {column 0-7, row 0-15} or a quadruple {group, plane, row, cell} of a character");
        return null;
    }
}
