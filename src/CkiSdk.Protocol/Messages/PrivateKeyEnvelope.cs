using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.CMSAuthEnvelopedData;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Cms.Envelopes;

namespace CkiSdk.Protocol.Messages;

/// <summary>Protects a Diffie–Hellman private key inside a message as an EncryptedValue (profile section 3).</summary>
public static class PrivateKeyEnvelope
{
    private const int WrappingKeyLength = 32;

    // id-aes256-wrap-pad (RFC 5649).
    private static readonly AlgorithmIdentifier WrapPad = new() { Algorithm = ObjectIdentifier.Parse("2.16.840.1.101.3.4.1.48") };

    /// <summary>Seals a private key to an encryption certificate.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponent">The private exponent, big-endian.</param>
    /// <param name="recipient">The encryption certificate.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<EncryptedValue> SealAsync(
        DhGroup group, Secret exponent, Pki.Certificates.Certificate recipient, CryptoProvider provider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(exponent);
        ArgumentNullException.ThrowIfNull(provider);
        using var pkcs8 = ToPkcs8(group, exponent);
        using var wrappingKey = Secret.Random(WrappingKeyLength, provider.Random);
        return new EncryptedValue
        {
            EncValue = new BitString(provider.KeyWrap.WrapPadded(wrappingKey, pkcs8)),
            IntendedAlg = DhPublicKeys.IdentifierOf(group),
            SymmAlg = WrapPad,
            EncSymmKey = new BitString(await AuthEnvelopes.SealAsync(CKIProfileValues.IdCkiCtProtectedKey, wrappingKey, [recipient], provider, cancellationToken).ConfigureAwait(false)),
            KeyAlg = new AlgorithmIdentifier { Algorithm = CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData },
        };
    }

    /// <summary>Opens a private key.</summary>
    /// <param name="value">What the message says.</param>
    /// <param name="groups">The groups that are accepted.</param>
    /// <param name="recipient">The encryption certificate with its key.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The group and the exponent, which the caller disposes of; null, without any reason, where it does not open or is of another form.</returns>
    public static async ValueTask<(DhGroup Group, Secret Exponent)?> OpenAsync(
        EncryptedValue value, DhGroupSet groups, EncryptionIdentity recipient, CryptoProvider provider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(provider);
        if (value is not { SymmAlg: { } symmetric, KeyAlg: { } keyAlgorithm, EncSymmKey: { UnusedBits: 0 } sealedKey, IntendedAlg: { } intended, EncValue.UnusedBits: 0 }
            || symmetric.Algorithm != WrapPad.Algorithm
            || keyAlgorithm.Algorithm != CMSAuthEnvelopedDataValues.IdCtAuthEnvelopedData
            || !DhPublicKeys.TryFindGroup(intended, groups, out var group))
        {
            return null;
        }

        using var wrappingKey = await recipient.OpenAsync(sealedKey.Octets, CKIProfileValues.IdCkiCtProtectedKey, provider, cancellationToken).ConfigureAwait(false);
        if (wrappingKey is not { Length: WrappingKeyLength })
        {
            return null;
        }

        using var pkcs8 = provider.KeyWrap.UnwrapPadded(wrappingKey, value.EncValue.Octets.Span);
        return pkcs8 is not null && TryDecode(pkcs8, group, out var exponent) ? (group, exponent!) : null;
    }

    /// <summary>Writes a private key as the DER of PrivateKeyInfo (RFC 5958) with the group by value, as OpenSSL reads it.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponent">The private exponent, big-endian.</param>
    /// <returns>The DER, which the caller disposes of.</returns>
    public static Secret ToPkcs8(DhGroup group, Secret exponent)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(exponent);
        using var number = new Secret(exponent.Length + 8);
        var x = new DHPublicKey(Integer.FromUnsigned(exponent.Span)); // an INTEGER, as the private value is
        _ = Der.TryEncode(x, number.Span, out var written);
        var value = new PrivateKeyInfo
        {
            Version = PrivateKeyVersion.V1,
            PrivateKeyAlgorithm = DhPublicKeys.IdentifierOf(group),
            PrivateKey = new PrivateKey((OctetString)(ReadOnlyMemory<byte>)number.Memory[..written]),
        };
        var pkcs8 = new Secret(Der.EncodedLength(value));
        _ = Der.TryEncode(value, pkcs8.Span, out _);
        return pkcs8;
    }

    private static bool TryDecode(Secret pkcs8, DhGroup group, out Secret? exponent)
    {
        exponent = null;
        if (!PrivateKeyInfo.TryDecode(pkcs8.Memory, out var value)
            || !DhPublicKeys.TryFindGroup(value.PrivateKeyAlgorithm, new DhGroupSet(group), out _)
            || !Der.TryDecode<DHPublicKey>(value.PrivateKey.Value.Memory, out var x))
        {
            return false;
        }

        exponent = Secret.From(x.Value.ToUnsigned());
        return true;
    }
}
