using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Keys;

/// <summary>Puts DER around secret octets, in buffers that are zeroed.</summary>
internal static class SecretDer
{
    private const byte Sequence = 0x30;
    private const byte OctetString = 0x04;

    private static ReadOnlySpan<byte> VersionZero => [0x02, 0x01, 0x00];

    /// <summary>Writes tag, length and the parts one behind the other.</summary>
    public static Secret Wrap(byte tag, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        var length = 0;
        foreach (var part in parts)
            length += part.Length;
        Span<byte> header = stackalloc byte[6];
        var headerLength = WriteHeader(header, tag, length);
        var der = new Secret(headerLength + length);
        header[..headerLength].CopyTo(der.Span);
        var rest = der.Span[headerLength..];
        foreach (var part in parts)
        {
            part.Span.CopyTo(rest);
            rest = rest[part.Length..];
        }

        return der;
    }

    /// <summary>Writes a PrivateKeyInfo of version 0 (RFC 5958 §2).</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="privateKey">The DER that lies inside the OCTET STRING.</param>
    public static Secret Pkcs8(AlgorithmIdentifier algorithm, Secret privateKey)
    {
        using var octets = Wrap(OctetString, privateKey.Memory);
        return Wrap(Sequence, VersionZero.ToArray(), algorithm.Encode(), octets.Memory);
    }

    /// <summary>Moves octets that a library wrote into a secret, and zeroes them.</summary>
    public static Secret Take(byte[] octets)
    {
        var secret = Secret.From(octets);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(octets);
        return secret;
    }

    /// <summary>Tells how many octets the SEQUENCE at the beginning has, with its header; 0 if there is none.</summary>
    public static int SequenceLength(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < 2 || octets[0] != Sequence)
            return 0;
        var count = octets[1] < 0x80 ? 0 : octets[1] & 0x7F;
        if (octets[1] == 0x80 || count > 3 || octets.Length < 2 + count)
            return 0;
        var length = count == 0 ? octets[1] : 0;
        foreach (var octet in octets.Slice(2, count))
            length = (length << 8) | octet;
        return 2 + count + length;
    }

    private static int WriteHeader(Span<byte> header, byte tag, int length)
    {
        header[0] = tag;
        if (length < 0x80)
        {
            header[1] = (byte)length;
            return 2;
        }

        var count = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
        header[1] = (byte)(0x80 | count);
        for (var i = 0; i < count; i++)
            header[2 + i] = (byte)(length >> (8 * (count - 1 - i)));
        return 2 + count;
    }
}
