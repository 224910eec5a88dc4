using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Messages;

/// <summary>Protects an interoperability key inside a message of the TLCMA to a CMA (profile section 3).</summary>
internal static class InteroperabilityKeyEnvelope
{
    /// <summary>Seals a key to the encryption certificate of a CMA.</summary>
    /// <param name="key">The key.</param>
    /// <param name="references">The references of the CMA and, for an external key, of the other one, in hexadecimal.</param>
    /// <param name="names">The CMA and, for an external key, the other one.</param>
    /// <param name="validity">When the key is in effect.</param>
    /// <param name="recipient">The encryption certificate.</param>
    /// <param name="provider">The cryptography.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<IKInfo> SealAsync(
        Secret key,
        (string My, string? Your) references,
        IReadOnlyList<DistinguishedName> names,
        (DateTimeOffset NotBefore, DateTimeOffset NotAfter) validity,
        Pki.Certificates.Certificate recipient,
        CryptoProvider provider,
        CancellationToken cancellationToken)
    {
        var written = new Validity { NotBefore = Times.From(validity.NotBefore), NotAfter = Times.From(validity.NotAfter) };
        var my = Convert.FromHexString(references.My);
        var value = await ProtectedKeys.SealAsync(
            ProtectedKeyKind.Interoperability, [.. names.Select(name => name.Name)], my, written, key, recipient, provider, cancellationToken).ConfigureAwait(false);
        return new IKInfo
        {
            MyIKRef = new IKReference((OctetString)my),
            YourIKRef = references.Your is { } your ? new IKReference((OctetString)Convert.FromHexString(your)) : default(IKReference?),
            Validity = written,
            IkValue = new IKValue(value),
        };
    }

    /// <summary>Opens a key.</summary>
    /// <returns>The key, which the caller disposes of; null, without any reason, where it does not open or was sealed for something else.</returns>
    public static async ValueTask<Secret?> OpenAsync(
        IKInfo message, IReadOnlyList<DistinguishedName> names, EncryptionIdentity recipient, CryptoProvider provider, CancellationToken cancellationToken)
    {
        var opened = await ProtectedKeys.OpenAsync(
            message.IkValue.Value, ProtectedKeyKind.Interoperability, [.. names.Select(name => name.Name)], message.Validity, recipient, provider, cancellationToken).ConfigureAwait(false);
        if (opened is not { } found)
        {
            return null;
        }

        if (found.Identifier.Span.SequenceEqual(message.MyIKRef.Value.Span))
        {
            return found.Key;
        }

        found.Key.Dispose();
        return null;
    }
}
