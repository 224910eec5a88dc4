namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Lists the kinds of lexical items (X.680 12, X.681 7).</summary>
public enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A word that begins with an upper-case letter: type, module or class reference, or reserved word.</summary>
    UpperWord,

    /// <summary>A word that begins with a lower-case letter: identifier or value reference.</summary>
    LowerWord,

    /// <summary>A field of a class with an upper-case letter, ampersand included: <c>&amp;Type</c>.</summary>
    UpperField,

    /// <summary>A field of a class with a lower-case letter, ampersand included: <c>&amp;id</c>.</summary>
    LowerField,

    /// <summary>A number without point and exponent; a sign is a mark of its own.</summary>
    Number,

    /// <summary>A number with point or exponent.</summary>
    RealNumber,

    /// <summary>A binary string <c>'0101'B</c>.</summary>
    BinaryString,

    /// <summary>A hexadecimal string <c>'0AFF'H</c>.</summary>
    HexString,

    /// <summary>A character string in double quotes.</summary>
    String,

    /// <summary>A mark: <c>::=</c>, <c>..</c>, <c>...</c>, <c>[[</c>, <c>]]</c> and the single ones.</summary>
    Mark,

    /// <summary>A character that begins no item; a diagnostic was given.</summary>
    Bad,
}
