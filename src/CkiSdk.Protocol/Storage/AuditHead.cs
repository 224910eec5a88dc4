namespace CkiSdk.Protocol.Storage;

/// <summary>Is the end of an audit log at a moment: how many entries there were, and the hash of the last. Who notes it elsewhere can tell later whether any of them was touched.</summary>
/// <param name="Number">The number of the last entry; 0 where there is none.</param>
/// <param name="Hash">The hash of the last entry.</param>
public sealed record AuditHead(long Number, ReadOnlyMemory<byte> Hash)
{
    /// <summary>Gets the head of an empty log.</summary>
    public static AuditHead Empty { get; } = new(0, new byte[32]);

    /// <summary>Returns the head as text, such as <c>17:5d41…</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Number}:{Convert.ToHexStringLower(Hash.Span)}");
}
