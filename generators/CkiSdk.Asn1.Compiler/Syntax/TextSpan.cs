namespace CkiSdk.Asn1.Compiler.Syntax;

/// <summary>Marks a stretch of a module's text: index of the first character and number of characters.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Gets the index behind the last character.</summary>
    public int End => Start + Length;

    /// <summary>Returns the smallest span that covers both.</summary>
    public TextSpan Through(TextSpan other) =>
        new(Math.Min(Start, other.Start), Math.Max(End, other.End) - Math.Min(Start, other.Start));
}
