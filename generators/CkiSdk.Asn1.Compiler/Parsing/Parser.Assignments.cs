using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads assignments (X.680 16, X.681 9 to 12, X.683 8).</content>
public sealed partial class Parser
{
    private AssignmentSyntax ParseAssignment()
    {
        var start = _position;
        if (Current.Kind is not (TokenKind.UpperWord or TokenKind.LowerWord))
            throw Unexpected("an assignment or END");
        if (Words.IsReserved(Current.Text) && !PeekIs(1, "::="))
            throw Unexpected("an assignment or END");
        if (Words.IsReserved(Current.Text))
            throw Unexpected("a name that is no word of the notation");
        var name = Take();
        if (Is("MACRO"))
            return SkipMacro(name, start);
        var parameters = Is("{") ? ParseParameters() : [];
        var comment = CommentsBefore(start);
        if (name.Kind == TokenKind.LowerWord)
            return ParseValueAssignment(start, name, parameters, comment);
        if (!TryTake("::="))
            return ParseSetAssignment(start, name, parameters, comment);
        if (Is("CLASS"))
        {
            var definition = ParseClass();
            return new ClassAssignmentSyntax(name.Text, name.Span, parameters, comment, definition, SpanFrom(start));
        }

        var type = ParseType();
        return new TypeAssignmentSyntax(name.Text, name.Span, parameters, comment, type, SpanFrom(start));
    }

    private ValueAssignmentSyntax ParseValueAssignment(int start, Token name, IReadOnlyList<ParameterSyntax> parameters, string? comment)
    {
        if (Is("::=") && PeekIs(1, "<"))
        {
            throw new SyntaxException(Asn1Diagnostic.At(
                DiagnosticCodes.Unsupported, isError: true, _source, Peek(1).Span, $"The value of {name.Text} is in XML (X.680 16.3), which is not read; expected '{name.Text} Type ::= value'."));
        }

        var governor = ParseType();
        if (!TryTake("::="))
            throw Unexpected("'::='");
        var value = ParseValue();
        return new ValueAssignmentSyntax(name.Text, name.Span, parameters, comment, governor, value, SpanFrom(start));
    }

    private SetAssignmentSyntax ParseSetAssignment(int start, Token name, IReadOnlyList<ParameterSyntax> parameters, string? comment)
    {
        var assign = _map.NextAssign(_position);
        if (!BeginsType() || (_map.BeginsAssignment(_position) && !_tokens[assign + 1].Is("{")))
            throw Unexpected("'::='");
        var governor = ParseType();
        if (!TryTake("::="))
            throw Unexpected("'::='");
        var block = ParseBlock();
        return new SetAssignmentSyntax(name.Text, name.Span, parameters, comment, governor, block, SpanFrom(start));
    }

    private List<ParameterSyntax> ParseParameters()
    {
        Expect("{");
        var parameters = new List<ParameterSyntax>();
        do
        {
            var start = _position;
            var isBare = PeekIs(1, ",") || PeekIs(1, "}");
            var governor = isBare ? null : ParseType();
            if (!isBare && !TryTake(":"))
                throw Unexpected("':'");
            if (Current.Kind is not (TokenKind.UpperWord or TokenKind.LowerWord))
                throw Unexpected("the name of a parameter");
            var name = Take().Text;
            parameters.Add(new ParameterSyntax(governor, name, SpanFrom(start)));
        }
        while (TryTake(","));
        if (!TryTake("}"))
            throw Unexpected("',' or '}'");
        return parameters;
    }
}
