using System.Buffers.Binary;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Names the AES key wraps (RFC 3565 §2.3.2).</summary>
internal static class AesWraps
{
    /// <summary>Gets the identifier of AES-256 key wrap, without parameters.</summary>
    public static AlgorithmIdentifier Aes256 { get; } = new() { Algorithm = CKIAlgorithmsValues.IdAes256Wrap };

    /// <summary>Finds the length of the wrapping key in octets; null if the identifier is none of the three.</summary>
    public static int? FindKeyLength(AlgorithmIdentifier wrap)
    {
        if (wrap.Parameters is { } parameters && parameters != AnyValue.Null)
            return null;
        if (wrap.Algorithm == CKIAlgorithmsValues.IdAes256Wrap)
            return 32;
        if (wrap.Algorithm == CKIAlgorithmsValues.IdAes192Wrap)
            return 24;
        return wrap.Algorithm == CKIAlgorithmsValues.IdAes128Wrap ? 16 : null;
    }

    /// <summary>Finds the key wrap in the parameters of a key agreement; null if it is none of the three.</summary>
    public static AlgorithmIdentifier? FindIn(AlgorithmIdentifier agreement) =>
        agreement.Parameters is { } encoded && Der.TryDecode<AlgorithmIdentifier>(encoded.Encoded, out var wrap) && FindKeyLength(wrap) is not null ? wrap : null;

    /// <summary>Gives the length of a key in bits as four octets, big-endian (RFC 5753 §7.2, RFC 2631 §2.1.2).</summary>
    public static byte[] BitsOf(int keyLength)
    {
        var bits = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bits, 8 * keyLength);
        return bits;
    }
}
