using System.Buffers.Binary;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is the form in which a certificate is stored: without the parameters of its group, which are half of it and the same in all.</summary>
/// <remarks>
/// DER of a certificate begins with 0x30, so that octets which begin with another one than <see cref="Mark"/> stand as they are, those that older versions wrote, too. Behind the mark are the number of a group in one octet,
/// 0 for none, and where there is one the place of its parameters in four octets, the highest first; then all octets but the parameters.
/// </remarks>
internal static class PackedCertificate
{
    /// <summary>Begins the form.</summary>
    public const byte Mark = 0x50;

    private const int NoGroup = 0;
    private const int HeadWithoutGroup = 2;
    private const int Head = HeadWithoutGroup + sizeof(int);

    // Of what precedes the run below in the parameters: the headers of SEQUENCE and p, the zero octet, and the 64 bits that are one.
    private const int BeforeRun = 4 + 4 + 1 + 8;

    // By the number of the group less one. It stands in files: what is new goes to the end.
    private static readonly byte[][] Parameters =
        [.. new[] { DhGroups.Ffdhe2048, DhGroups.Ffdhe3072, DhGroups.Ffdhe4096, DhGroups.Ffdhe6144, DhGroups.Ffdhe8192 }
            .Select(group => DhPublicKeys.IdentifierOf(group).Parameters!.Value.Encoded.ToArray())];

    // How p goes on in each group of RFC 7919: the first bits of e.
    private static ReadOnlySpan<byte> Run => [0xAD, 0xF8, 0x54, 0x58, 0xA2, 0xBB, 0x4A, 0x9A];

    /// <summary>Packs octets.</summary>
    /// <param name="encoded">The octets.</param>
    /// <returns>They themselves where nothing can be cut out, else new ones.</returns>
    public static ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> encoded)
    {
        var octets = encoded.Span;
        if (Find(octets) is not (var place, var group and not NoGroup))
            return octets.IsEmpty || octets[0] != Mark ? encoded : (byte[])[Mark, NoGroup, .. octets];
        var end = place + Parameters[group - 1].Length;
        var packed = new byte[Head + place + octets.Length - end];
        (packed[0], packed[1]) = (Mark, (byte)group);
        BinaryPrimitives.WriteInt32BigEndian(packed.AsSpan(HeadWithoutGroup), place);
        octets[..place].CopyTo(packed.AsSpan(Head));
        octets[end..].CopyTo(packed.AsSpan(Head + place));
        return packed;
    }

    /// <summary>Gives the octets that were packed.</summary>
    /// <param name="packed">What is stored.</param>
    /// <exception cref="InvalidDataException">It is not in the form.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty || packed[0] != Mark) return packed.ToArray();
        if (packed.Length >= HeadWithoutGroup && packed[1] == NoGroup) return packed[HeadWithoutGroup..].ToArray();
        if (packed.Length < Head || packed[1] > Parameters.Length) throw Malformed();
        var (place, parameters) = (BinaryPrimitives.ReadUInt32BigEndian(packed[HeadWithoutGroup..]), Parameters[packed[1] - 1]);
        var rest = packed[Head..];
        return place <= (uint)rest.Length ? [.. rest[..(int)place], .. parameters, .. rest[(int)place..]] : throw Malformed();
    }

    // The first parameters of a group; none where there are none.
    private static (int Place, int Group) Find(ReadOnlySpan<byte> octets)
    {
        for (var read = 0; octets[read..].IndexOf(Run) is var found and >= 0; read += found + 1)
        {
            var place = read + found - BeforeRun;
            for (var group = 1; place >= 0 && group <= Parameters.Length; group++)
            {
                if (octets[place..].StartsWith(Parameters[group - 1])) return (place, group);
            }
        }

        return (0, NoGroup);
    }

    private static InvalidDataException Malformed() => new("A certificate of the store is not in the form in which certificates are stored.");
}
