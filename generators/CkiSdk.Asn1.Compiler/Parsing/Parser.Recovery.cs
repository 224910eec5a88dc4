using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Goes on behind what cannot be read.</content>
public sealed partial class Parser
{
    // Goes to the next assignment. A use of a macro in front of "::=" has its value behind it, which also is skipped.
    private void Resume(int start, ModuleBody body, SyntaxException exception)
    {
        var name = _tokens[start];
        if (!exception.Diagnostic.IsError)
        {
            var assign = _map.NextAssign(start);
            _position = Math.Max(_position, assign + 1);
            body.Assignments.Add(SkippedUse(name, start));
            _position = Math.Max(_position, start + 1);
        }
        else
        {
            // Behind an open bracket, the beginning of the next assignment may have been read as a part of this one.
            var own = _map.NextAssign(start);
            _position = Math.Max(own >= 0 && own < _position ? own : start, start) + 1;
        }

        while (!AtEnd && !Is("END") && !BeginsModule(_position) && !IsNext(_position))
            _position++;
    }

    // A word at the end of a line, with an assignment on the next, is the end of what could not be read.
    private bool IsNext(int index) =>
        _map.BeginsAssignment(index) && !(!_map.BeginsLine(index) && _map.BeginsLine(index + 1) && _map.BeginsAssignment(index + 1));

    // What stands for the use of a macro: the type of a textual convention (RFC 2579), or the value behind "::=", which other values may build upon.
    private AssignmentSyntax SkippedUse(Token name, int start)
    {
        var comment = CommentsBefore(start);
        if (name.Kind == TokenKind.UpperWord && TryTextualConvention(start + 2) is { } type)
            return new TypeAssignmentSyntax(name.Text, name.Span, [], comment, type, SpanFrom(start));
        var value = name.Kind == TokenKind.LowerWord && Is("{") ? Try(ParseBlock) : null;
        return new MacroAssignmentSyntax(name.Text, name.Span, comment, SpanFrom(start)) { Value = value };
    }

    private TypeSyntax? TryTextualConvention(int index)
    {
        if (!_tokens[Math.Min(index, _tokens.Count - 1)].Is("TEXTUAL-CONVENTION"))
            return null;
        var end = index;
        while (_tokens[end].Kind != TokenKind.End && !_tokens[end].Is("::=") && !_tokens[end].Is("END") && !_tokens[end].Is("SYNTAX"))
            end++;
        if (!_tokens[end].Is("SYNTAX"))
            return null;
        _position = end + 1;
        return Try(ParseType);
    }

    private T? Try<T>(Func<T> parse)
        where T : class
    {
        var (position, depth) = (_position, _depth);
        try
        {
            return parse();
        }
        catch (SyntaxException)
        {
            (_position, _depth) = (position, depth);
            return null;
        }
    }

    // A macro may be used before its definition, or be imported.
    private void FindMacros()
    {
        for (var i = 1; i < _tokens.Count; i++)
        {
            if (_tokens[i].Is("MACRO") && _definedMacros.Add(_tokens[i - 1].Text))
                _macros.Add(_tokens[i - 1].Text);
        }
    }

    // X.208 A: NAME MACRO ::= BEGIN … END, or NAME MACRO ::= Other.NAME
    private MacroAssignmentSyntax SkipMacro(Token name, int start)
    {
        var comment = CommentsBefore(start);
        Expect("MACRO");
        Expect("::=");
        if (Is("BEGIN"))
        {
            while (!AtEnd && !Is("END"))
                _position++;
            Expect("END");
        }
        else
        {
            ParseTypeReference();
        }

        Skipped(name, $"The macro {name.Text} is skipped.");
        return new MacroAssignmentSyntax(name.Text, name.Span, comment, SpanFrom(start));
    }

    // X.680 54: encoding control sections stand last in a module; some end them with an END of their own.
    private void SkipEncodingControl()
    {
        Skipped(Take(), "The encoding control section is skipped.");
        while (!AtEnd && (!Is("END") || PeekIs(1, "END")))
            _position++;
    }

    private void Doubt(Token at, string message) =>
        _diagnostics.Add(Asn1Diagnostic.At(DiagnosticCodes.DoubtfulNotation, isError: false, _source, at.Span, message));

    private void Skipped(Token at, string message) =>
        _diagnostics.Add(Asn1Diagnostic.At(DiagnosticCodes.Skipped, isError: false, _source, at.Span, message));
}
