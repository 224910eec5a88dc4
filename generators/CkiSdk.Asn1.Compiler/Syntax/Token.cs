namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Is one lexical item (X.680 12). Text of a string is its content, doubled quotes halved; of bstring and hstring, the digits.</summary>
public readonly record struct Token(TokenKind Kind, string Text, TextSpan Span)
{
    /// <summary>Says whether the token is the given reserved word or mark.</summary>
    public bool Is(string text) => Kind is TokenKind.Mark or TokenKind.UpperWord && Text == text;
}
