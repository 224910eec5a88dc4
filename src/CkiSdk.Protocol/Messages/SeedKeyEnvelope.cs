using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Messages;

/// <summary>Protects a seed key inside a message to its user, whatever the transport does (profile section 3).</summary>
public static class SeedKeyEnvelope
{
    private const string Label = "CKI-1 protected key";

    /// <summary>Seals a seed key to the user's encryption certificate.</summary>
    /// <param name="key">The seed key with all that the message says of it.</param>
    /// <param name="recipient">The user's encryption certificate.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<ExtSeedKeyInfo> SealAsync(
        SeedKey key, CkiSdk.Pki.Certificates.Certificate recipient, CryptoProvider provider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(provider);
        var validity = Validity(key);
        using var content = Encode(key, validity);
        var envelope = await AuthEnvelopes.SealAsync(
            CKIProfileValues.IdCkiCtProtectedKey, content, [recipient], provider, cancellationToken).ConfigureAwait(false);
        return new ExtSeedKeyInfo
        {
            ExternalCMA = key.Cma.Name,
            User = key.User.Name,
            SeedKey = new BitString(envelope),
            SeedKeyValidity = validity,
        };
    }

    /// <summary>Opens a seed key and compares what is inside with the message around it.</summary>
    /// <param name="message">What the message says.</param>
    /// <param name="recipient">The encryption certificate with its private key.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key; null where it cannot be opened or does not match, without a reason.</returns>
    public static async ValueTask<SeedKey?> OpenAsync(
        ExtSeedKeyInfo message, EncryptionIdentity recipient, CryptoProvider provider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(provider);
        if (message.SeedKey.UnusedBits != 0)
        {
            return null;
        }

        using var content = await recipient.OpenAsync(
            message.SeedKey.Octets, CKIProfileValues.IdCkiCtProtectedKey, provider, cancellationToken).ConfigureAwait(false);
        if (content is null || !ProtectedKey.TryDecode(content.Memory, out var inner) || !Matches(inner, message)
            || !SeedKeyIdentifier.TryDecode(inner.Identifier.Memory, out _))
        {
            return null;
        }

        return new SeedKey(
            DistinguishedName.From(message.ExternalCMA),
            DistinguishedName.From(message.User),
            inner.Identifier.ToArray(),
            Times.Read(message.SeedKeyValidity.NotBefore),
            Times.Read(message.SeedKeyValidity.NotAfter),
            Secret.From(inner.Key.Span));
    }

    private static bool Matches(ProtectedKey inner, ExtSeedKeyInfo message) =>
        inner.Kind == ProtectedKeyKind.Seed
        && inner.Names.Count == 2
        && inner.Names[0].Equals(message.ExternalCMA)
        && inner.Names[1].Equals(message.User)
        && inner.Validity.Equals(message.SeedKeyValidity);

    /// <summary>The encoding holds the key, so it is made in a buffer that is zeroed after use.</summary>
    private static Secret Encode(SeedKey key, Validity validity)
    {
        using var copy = key.Key.Copy();
        var value = new ProtectedKey
        {
            Label = Label,
            Kind = ProtectedKeyKind.Seed,
            Names = new Name[] { key.Cma.Name, key.User.Name },
            Identifier = key.Identifier,
            Validity = validity,
            Key = (ReadOnlyMemory<byte>)copy.Memory,
        };
        var content = new Secret(Der.EncodedLength(value));
        _ = Der.TryEncode(value, content.Span, out _);
        return content;
    }

    private static Validity Validity(SeedKey key) => new() { NotBefore = Times.From(key.NotBefore), NotAfter = Times.From(key.NotAfter) };
}
