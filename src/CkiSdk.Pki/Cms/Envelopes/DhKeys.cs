using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Reads Diffie-Hellman keys and derives wrapping keys as RFC 2631 says: ephemeral-static, by SHA-1.</summary>
public static class DhKeys
{
    /// <summary>Gets the key agreement: id-alg-ESDH with AES-256 key wrap (RFC 3370 §4.1.1, RFC 3565 §2.3.1).</summary>
    public static AlgorithmIdentifier Agreement { get; } = new() { Algorithm = CKIAlgorithmsValues.IdAlgESDH, Parameters = AnyValue.From(AesWraps.Aes256) };

    /// <summary>Names an originator by his public value.</summary>
    /// <param name="publicValue">y, big-endian.</param>
    /// <returns>dhpublicnumber without parameters, because the group is the recipient's (RFC 3370 §4.1.1).</returns>
    public static OriginatorIdentifierOrKey Originator(ReadOnlySpan<byte> publicValue) => new OriginatorIdentifierOrKey.OriginatorKey(new OriginatorPublicKey
    {
        Algorithm = new AlgorithmIdentifier { Algorithm = ANSIX942Values.Dhpublicnumber },
        PublicKey = new BitString(Der.Encode(new DHPublicKey(Integer.FromUnsigned(publicValue)))),
    });

    /// <summary>Derives the wrapping key (RFC 2631 §2.1.2).</summary>
    /// <param name="shared">ZZ, padded to the length of p.</param>
    /// <param name="wrap">The AES key wrap.</param>
    /// <param name="partyAInfo">The user keying material; <see langword="null"/> for none.</param>
    /// <returns>The key, owned by the caller.</returns>
    /// <exception cref="ArgumentException">It is no AES key wrap.</exception>
    public static Secret Derive(Secret shared, AlgorithmIdentifier wrap, OctetString? partyAInfo)
    {
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(wrap);
        var length = AesWraps.FindKeyLength(wrap) ?? throw new ArgumentException("It is no AES key wrap.", nameof(wrap));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var block = new Secret(hash.HashLengthInBytes);
        var derived = new Secret(length);
        for (int written = 0, i = 1; written < length; i++)
        {
            var counter = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(counter, i);
            var info = new OtherInfo
            {
                KeyInfo = new KeySpecificInfo { Algorithm = wrap.Algorithm, Counter = counter },
                PartyAInfo = partyAInfo,
                SuppPubInfo = AesWraps.BitsOf(length),
            };
            hash.AppendData(shared.Span);
            hash.AppendData(info.Encode());
            hash.GetHashAndReset(block.Span);
            var count = Math.Min(block.Length, length - written);
            block.Span[..count].CopyTo(derived.Span[written..]);
            written += count;
        }

        return derived;
    }

    internal static bool TryRead(Certificate certificate, DhGroupSet groups, [NotNullWhen(true)] out DhGroup? group, [NotNullWhen(true)] out byte[]? publicValue) =>
        DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, groups, out group, out publicValue);

    // Absent parameters mean the recipient's group; stated ones must be that group.
    internal static byte[]? FindPublicValue(OriginatorPublicKey originator, DhGroup group)
    {
        if (originator.Algorithm.Algorithm != ANSIX942Values.Dhpublicnumber
            || (originator.Algorithm.Parameters is not null && !DhPublicKeys.TryFindGroup(originator.Algorithm, new DhGroupSet(group), out _))
            || originator.PublicKey.UnusedBits != 0
            || !Der.TryDecode<DHPublicKey>(originator.PublicKey.Octets, out var y)
            || y.Value.IsNegative)
            return null;
        return y.Value.ToUnsigned().ToArray();
    }
}
