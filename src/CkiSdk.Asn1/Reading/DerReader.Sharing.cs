namespace CkiSdk.Asn1;

/// <content>What <see cref="SharedValues{T}"/> needs.</content>
public ref partial struct DerReader
{
    // No shared value is nested deeper, so that the limit is the same with and without sharing.
    private const int MostSharedLevels = 12;

    /// <summary>Starts at the first octet of a value that is going to be shared itself.</summary>
    internal static DerReader WithoutSharing(ReadOnlyMemory<byte> der) => new(der) { _isSharing = false };

    /// <summary>Gives the next element, if it has this tag, at least eight octets and at most some; else nothing.</summary>
    internal readonly ReadOnlySpan<byte> ShortElement(Tag tag, int most)
    {
        var rest = _input[_position.._end];
        if (rest.Length < sizeof(ulong) || rest[0] != tag.Value || !_isSharing || _path is not null || _depth + MostSharedLevels > _maxDepth)
            return default;
        var length = rest[1] + 2;
        return length >= sizeof(ulong) && length <= most && length <= rest.Length ? rest[..length] : default;
    }

    /// <summary>Goes behind an element that was shared.</summary>
    internal void Advance(int length) => _position += length;
}
