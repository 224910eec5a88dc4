using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <summary>Cuts a text into lexical items (X.680 12), in one pass.</summary>
internal sealed partial class Lexer
{
    private static readonly string[] Marks =
        ["::=", "...", "..", "[[", "]]", "{", "}", "(", ")", "[", "]", ",", ";", ":", ".", "<", ">", "|", "!", "^", "@", "-", "*", "/", "=", "#"];

    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private readonly List<Comment> _comments = [];
    private readonly List<Asn1Diagnostic> _diagnostics = [];
    private int _position;

    private Lexer(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    /// <summary>Returns all items of a text.</summary>
    public static LexerResult Read(SourceText source)
    {
        var lexer = new Lexer(source);
        while (lexer._position < lexer._text.Length)
            lexer.ReadNext();
        lexer.Add(TokenKind.End, "", lexer._position);
        return new LexerResult(lexer._tokens, lexer._comments, lexer._diagnostics);
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    // U+2011 is the same as a hyphen (X.680 11.2).
    private static bool IsHyphen(char c) => c is '-' or '\u2011';

    private static bool IsBlank(char c) =>
        c <= ' ' || c is '\u007F' or '\u00A0' or '\uFEFF' or '\u200B' or '\u0085' || (c > '\u007F' && char.IsWhiteSpace(c));

    private char At(int position) => position < _text.Length ? _text[position] : '\0';

    private void Add(TokenKind kind, string text, int start) => _tokens.Add(new Token(kind, text, new TextSpan(start, _position - start)));

    private void Report(string code, int start, int length, string message) =>
        _diagnostics.Add(Asn1Diagnostic.At(code, isError: true, _source, new TextSpan(start, length), message));

    private void ReadNext()
    {
        var c = _text[_position];
        if (IsBlank(c))
            _position++;
        else if (IsHyphen(c) && IsHyphen(At(_position + 1)))
            ReadLineComment();
        else if (c == '/' && At(_position + 1) == '*')
            ReadBlockComment();
        else if (IsLetter(c))
            ReadWord();
        else if (c == '&' && IsLetter(At(_position + 1)))
            ReadField();
        else if (IsDigit(c))
            ReadNumber();
        else if (c == '"')
            ReadString();
        else if (c == '\'')
            ReadDigitString();
        else
            ReadMark();
    }

    private string TakeWord()
    {
        var start = _position++;
        while (IsLetter(At(_position)) || IsDigit(At(_position)) || At(_position) == '_'
            || (IsHyphen(At(_position)) && (IsLetter(At(_position + 1)) || IsDigit(At(_position + 1)))))
            _position++;
        var word = _text.Substring(start, _position - start).Replace('\u2011', '-');
        if (word.Contains('_'))
            Report(DiagnosticCodes.BadCharacter, start, word.Length, $"The name '{(word.Length > 40 ? word.Substring(0, 40) + "…" : word)}' has an underscore in it, expected letters, digits and single hyphens.");
        return word;
    }

    private void ReadWord()
    {
        var start = _position;
        var word = TakeWord();
        Add(char.IsUpper(word[0]) ? TokenKind.UpperWord : TokenKind.LowerWord, word, start);
    }

    private void ReadField()
    {
        var start = _position++;
        var word = TakeWord();
        Add(char.IsUpper(word[0]) ? TokenKind.UpperField : TokenKind.LowerField, "&" + word, start);
    }

    private void ReadNumber()
    {
        var start = _position;
        SkipDigits();
        var isReal = false;
        // X.680 12.9: digits may follow the point or not; "1..2" is a range, and "5.x" no number.
        if (At(_position) == '.' && At(_position + 1) is not ('.' or '&') && (!IsLetter(At(_position + 1)) || IsExponent(_position + 1)))
        {
            isReal = true;
            _position++;
            SkipDigits();
        }

        if (IsExponent(_position))
        {
            isReal = true;
            _position += IsDigit(At(_position + 1)) ? 1 : 2;
            SkipDigits();
        }

        Add(isReal ? TokenKind.RealNumber : TokenKind.Number, _text.Substring(start, _position - start), start);
    }

    private bool IsExponent(int position) => At(position) is 'e' or 'E'
        && (IsDigit(At(position + 1)) || ((IsHyphen(At(position + 1)) || At(position + 1) == '+') && IsDigit(At(position + 2))));

    private void SkipDigits()
    {
        while (IsDigit(At(_position)))
            _position++;
    }

    private void ReadMark()
    {
        foreach (var mark in Marks)
        {
            if (string.CompareOrdinal(_text, _position, mark, 0, mark.Length) == 0)
            {
                _position += mark.Length;
                Add(TokenKind.Mark, mark, _position - mark.Length);
                return;
            }
        }

        ReadBad();
    }

    // A run of bad characters is one item and one diagnostic: a file that is no ASN.1 at all should not drown in them.
    private void ReadBad()
    {
        var start = _position++;
        while (_position < _text.Length && _text[_position] > '\u007F' && !IsBlank(_text[_position]))
            _position++;
        var bad = _text.Substring(start, Math.Min(_position - start, 20));
        Add(TokenKind.Bad, bad, start);
        Report(DiagnosticCodes.BadCharacter, start, _position - start, $"The character '{bad[0]}' (U+{(int)bad[0]:X4}) begins no lexical item.");
    }
}
