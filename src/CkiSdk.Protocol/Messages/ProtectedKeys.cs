using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;

namespace CkiSdk.Protocol.Messages;

/// <summary>Seals and opens the ProtectedKey that stands in a message in place of a key (profile section 3).</summary>
internal static class ProtectedKeys
{
    private const string Label = "CKI-1 protected key";

    /// <summary>Seals a key with what the message says of it.</summary>
    public static async ValueTask<BitString> SealAsync(
        ProtectedKeyKind kind,
        IReadOnlyList<Name> names,
        ReadOnlyMemory<byte> identifier,
        Validity validity,
        Secret key,
        Pki.Certificates.Certificate recipient,
        CryptoProvider provider,
        CancellationToken cancellationToken)
    {
        using var copy = key.Copy();
        var value = new ProtectedKey
        {
            Label = Label,
            Kind = kind,
            Names = (SequenceOf<Name>)names.ToArray(),
            Identifier = identifier,
            Validity = validity,
            Key = (ReadOnlyMemory<byte>)copy.Memory,
        };
        using var content = new Secret(Der.EncodedLength(value));
        _ = Der.TryEncode(value, content.Span, out _);
        return new BitString(await AuthEnvelopes.SealAsync(CKIProfileValues.IdCkiCtProtectedKey, content, [recipient], provider, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Opens a key and compares what was sealed with it with what the message says.</summary>
    /// <returns>The identifier and the key, which the caller disposes of; null, without any reason, where anything differs.</returns>
    public static async ValueTask<(ReadOnlyMemory<byte> Identifier, Secret Key)?> OpenAsync(
        BitString value,
        ProtectedKeyKind kind,
        IReadOnlyList<Name> names,
        Validity validity,
        EncryptionIdentity recipient,
        CryptoProvider provider,
        CancellationToken cancellationToken)
    {
        if (value.UnusedBits != 0)
        {
            return null;
        }

        using var content = await recipient.OpenAsync(value.Octets, CKIProfileValues.IdCkiCtProtectedKey, provider, cancellationToken).ConfigureAwait(false);
        if (content is null || !ProtectedKey.TryDecode(content.Memory, out var inner))
        {
            return null;
        }

        var matches = inner.Kind == kind && inner.Names.SequenceEqual(names) && inner.Validity.Equals(validity);
        return matches ? (inner.Identifier.ToArray(), Secret.From(inner.Key.Span)) : null;
    }
}
