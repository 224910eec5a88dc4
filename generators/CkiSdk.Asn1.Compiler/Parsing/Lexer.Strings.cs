using System.Text;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Reads comments and strings.</content>
internal sealed partial class Lexer
{
    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\v' or '\f';

    // X.680 12.6.3: ends at the next pair of hyphens or at the end of the line. Rulers and frames of hyphens are many in the wild:
    // a comment that begins with more than two ends with all of the next run, and a run of three ends one as two do.
    private void ReadLineComment()
    {
        var start = _position;
        SkipHyphens();
        var text = _position;
        var isFramed = text - start > 2;
        while (_position < _text.Length && !IsLineEnd(_text[_position]) && !(IsHyphen(_text[_position]) && IsHyphen(At(_position + 1))))
            _position++;
        var end = _position;
        SkipHyphens();
        if (!isFramed && _position - end > 3)
            _position = end + 2;
        _comments.Add(new Comment(_text.Substring(text, end - text), _tokens.Count, new TextSpan(start, _position - start)));
    }

    private void SkipHyphens()
    {
        while (IsHyphen(At(_position)))
            _position++;
    }

    // X.680 12.6.4: comments of this kind nest.
    private void ReadBlockComment()
    {
        var start = _position;
        var depth = 0;
        do
        {
            if (_text[_position] == '/' && At(_position + 1) == '*')
            {
                depth++;
                _position += 2;
            }
            else if (_text[_position] == '*' && At(_position + 1) == '/')
            {
                depth--;
                _position += 2;
            }
            else
            {
                _position++;
            }
        }
        while (depth > 0 && _position < _text.Length);

        if (depth > 0)
            Report(DiagnosticCodes.Unterminated, start, 2, "The comment that begins here has no end.");
        var length = _position - start - (depth > 0 ? 2 : 4);
        _comments.Add(new Comment(_text.Substring(start + 2, Math.Max(length, 0)), _tokens.Count, new TextSpan(start, _position - start)));
    }

    // X.680 12.14: a doubled quote stands for one.
    private void ReadString()
    {
        var start = _position++;
        var lineEnd = -1;
        var content = new StringBuilder();
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (c == '"' && At(_position + 1) != '"')
            {
                _position++;
                Add(TokenKind.String, content.ToString(), start);
                return;
            }

            if (IsLineEnd(c))
            {
                lineEnd = lineEnd < 0 ? _position : lineEnd;
                JoinLines(content);
                continue;
            }

            content.Append(c);
            _position += c == '"' ? 2 : 1;
        }

        // Go on behind the line, so that one missing quote does not hide the rest of the file.
        _position = lineEnd < 0 ? _text.Length : lineEnd;
        Report(DiagnosticCodes.Unterminated, start, 1, "The string that begins here has no closing quotation mark.");
        Add(TokenKind.String, _text.Substring(start + 1, _position - start - 1), start);
    }

    // X.680 12.14.1: the blanks around a line end are no part of the string.
    private void JoinLines(StringBuilder content)
    {
        while (content.Length > 0 && IsBlank(content[content.Length - 1]))
            content.Length--;
        while (_position < _text.Length && IsBlank(_text[_position]))
            _position++;
    }

    // X.680 12.10, 12.12: blanks inside mean nothing.
    private void ReadDigitString()
    {
        var start = _position;
        var end = _text.IndexOfAny(['\'', '"', '{', '}', ';'], start + 1);
        if (end < 0 || _text[end] != '\'' || At(end + 1) is not ('B' or 'H'))
        {
            _position++;
            Report(DiagnosticCodes.Unterminated, start, 1, "The string that begins here does not end in 'B or 'H.");
            Add(TokenKind.Bad, "'", start);
            return;
        }

        var isBinary = _text[end + 1] == 'B';
        var digits = new StringBuilder(end - start);
        for (var i = start + 1; i < end; i++)
        {
            if (isBinary ? _text[i] is '0' or '1' : Uri.IsHexDigit(_text[i]))
                digits.Append(char.ToUpperInvariant(_text[i]));
            else if (!IsBlank(_text[i]))
                Report(DiagnosticCodes.BadCharacter, i, 1, $"'{_text[i]}' is no {(isBinary ? "binary" : "hexadecimal")} digit.");
        }

        _position = end + 2;
        Add(isBinary ? TokenKind.BinaryString : TokenKind.HexString, digits.ToString(), start);
    }
}
