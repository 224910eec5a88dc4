using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Messages;

/// <summary>Protects a seed key inside a message to its user, whatever the transport does (profile section 3).</summary>
public static class SeedKeyEnvelope
{
    /// <summary>Seals a seed key to the user's encryption certificate.</summary>
    /// <param name="key">The seed key with all that the message says of it.</param>
    /// <param name="recipient">The user's encryption certificate.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<ExtSeedKeyInfo> SealAsync(
        SeedKey key, Pki.Certificates.Certificate recipient, CryptoProvider provider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(provider);
        var validity = new Validity { NotBefore = Times.From(key.NotBefore), NotAfter = Times.From(key.NotAfter) };
        return new ExtSeedKeyInfo
        {
            ExternalCMA = key.Cma.Name,
            User = key.User.Name,
            SeedKey = await ProtectedKeys.SealAsync(
                ProtectedKeyKind.Seed, [key.Cma.Name, key.User.Name], key.Identifier, validity, key.Key, recipient, provider, cancellationToken).ConfigureAwait(false),
            SeedKeyValidity = validity,
        };
    }

    /// <summary>Opens a seed key.</summary>
    /// <param name="message">What the message says.</param>
    /// <param name="recipient">The user's encryption certificate with its key.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The seed key, which the caller disposes of; null, without any reason, where it does not open or was sealed for something else.</returns>
    public static async ValueTask<SeedKey?> OpenAsync(
        ExtSeedKeyInfo message, EncryptionIdentity recipient, CryptoProvider provider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(provider);
        var opened = await ProtectedKeys.OpenAsync(
            message.SeedKey, ProtectedKeyKind.Seed, [message.ExternalCMA, message.User], message.SeedKeyValidity, recipient, provider, cancellationToken).ConfigureAwait(false);
        if (opened is not { } found)
        {
            return null;
        }

        if (!SeedKeyIdentifier.TryDecode(found.Identifier, out _))
        {
            found.Key.Dispose();
            return null;
        }

        return new SeedKey(
            DistinguishedName.From(message.ExternalCMA),
            DistinguishedName.From(message.User),
            found.Identifier,
            Times.Read(message.SeedKeyValidity.NotBefore),
            Times.Read(message.SeedKeyValidity.NotAfter),
            found.Key);
    }
}
