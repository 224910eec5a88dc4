namespace CkiSdk.Asn1;

/// <summary>Hashes octets by content, differently in each process.</summary>
internal static class OctetHash
{
    internal static int Of(ReadOnlySpan<byte> octets)
    {
        var hash = default(HashCode);
        hash.AddBytes(octets);
        return hash.ToHashCode();
    }
}
