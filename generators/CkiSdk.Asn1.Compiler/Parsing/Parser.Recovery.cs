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
            body.Assignments.Add(new MacroAssignmentSyntax(name.Text, name.Span, CommentsBefore(start), SpanFrom(start)));
        }

        _position = Math.Max(_position, start + 1);
        while (!AtEnd && !Is("END") && !BeginsModule(_position) && !_map.BeginsAssignment(_position))
            _position++;
    }

    // A macro may be used before its definition, or be imported.
    private void FindMacros()
    {
        for (var i = 1; i < _tokens.Count; i++)
        {
            if (_tokens[i].Is("MACRO"))
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

    // X.680 54: encoding control sections stand last in a module.
    private void SkipEncodingControl()
    {
        Skipped(Take(), "The encoding control section is skipped.");
        while (!AtEnd && !Is("END"))
            _position++;
    }

    private void Skipped(Token at, string message) =>
        _diagnostics.Add(Asn1Diagnostic.At(DiagnosticCodes.Skipped, isError: false, _source, at.Span, message));
}
