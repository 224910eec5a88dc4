using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Parsing;

/// <content>Says more of the mistakes that people make who are new to the notation.</content>
public sealed partial class Parser
{
    // What follows "expected …" where the words around tell what was meant.
    private string Hint(string expected) => expected switch
    {
        "a type" when Is("::=") => "; the name of a type begins with a capital letter, and that of a value has its type behind it",
        "a type" when Is(TokenKind.LowerWord) => Spelling.Hint(Current.Text) is { Length: > 0 } hint ? hint : "; the name of a type begins with a capital letter",
        "',' or '}'" when IsFirstOfComponent(Is(TokenKind.UpperWord)) => "; the name of a component begins with a small letter",
        "',' or '}'" when IsFirstOfComponent(Is(TokenKind.LowerWord)) => "; the name of a component stands before its type",
        "'}'" when _position >= 3 && _tokens[_position - 2].Is("{") => Spelling.Hint(_tokens[_position - 3].Text),
        "an assignment or END" when Is("SIZE") || Is("FROM") || Is("(") => "; a constraint stands in parentheses behind its type, such as (SIZE (1..9))",
        "a value" when Is("SIZE") => " or SIZE with its sizes in parentheses, such as SIZE (1..9)",
        "')'" when Is("-") || Is("...") => "; a range has two dots, such as 0..255",
        _ => string.Empty,
    };

    // Two words stand where one component begins, and the first of them is a capital one.
    private bool IsFirstOfComponent(bool isSecond) =>
        isSecond && _position >= 2 && _tokens[_position - 1].Kind == TokenKind.UpperWord && (_tokens[_position - 2].Is("{") || _tokens[_position - 2].Is(","));
}
