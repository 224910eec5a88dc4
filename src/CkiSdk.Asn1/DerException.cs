namespace CkiSdk.Asn1;

/// <summary>Says that octets are not the DER of a type: by which rule, where in the octets and where in the type.</summary>
public sealed class DerException : FormatException
{
    /// <summary>Makes the exception; its message reads <c>path: detail at byte offset</c>.</summary>
    /// <param name="kind">The rule that was broken.</param>
    /// <param name="offset">The offset in the input, in octets, of the element or octet that was refused.</param>
    /// <param name="path">The components that lead to the value, such as <c>PKIMessage.header.sender</c>; empty if unknown.</param>
    /// <param name="detail">What was found, without a full stop.</param>
    /// <param name="hint">What stands after the offset, such as what was expected; empty for nothing.</param>
    public DerException(DerErrorKind kind, int offset, string path, string detail, string hint = "")
        : base(Compose(offset, path, detail, hint))
    {
        Kind = kind;
        Offset = offset;
        Path = path;
    }

    /// <summary>Gets the rule that was broken.</summary>
    public DerErrorKind Kind { get; }

    /// <summary>Gets the offset in the input, in octets, of the element or octet that was refused.</summary>
    public int Offset { get; }

    /// <summary>Gets the components that lead to the value, such as <c>PKIMessage.header.sender</c>; empty if unknown.</summary>
    public string Path { get; }

    private static string Compose(int offset, string path, string detail, string hint) =>
        $"{path}{(path.Length > 0 ? ": " : "")}{detail} at byte {offset}{(hint.Length > 0 ? ", " : "")}{hint}";
}
