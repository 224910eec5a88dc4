using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Derives the seed keys of the own users and seals them (CKI Part 2 ¶62, ¶67–69).</summary>
internal sealed class SeedKeys(CmaContext cma)
{
    /// <summary>Derives a seed key and seals it.</summary>
    /// <param name="key">The interoperability key; of the own domain for a local seed.</param>
    /// <param name="other">The CMA that issues certificates under the key: the external one, or this one for a local seed.</param>
    /// <param name="user">The user, exactly as in his certificates.</param>
    /// <param name="identifier">The DER of the seed key identifier.</param>
    /// <param name="recipient">To whom it is sealed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<ExtSeedKeyInfo> SealAsync(
        StoredInteroperabilityKey key, DistinguishedName other, DistinguishedName user, ReadOnlyMemory<byte> identifier, Certificate recipient, CancellationToken cancellationToken)
    {
        var interoperabilityKey = await cma.Keys.OpenAsync(key, cancellationToken).ConfigureAwait(false);
        var octets = await KeyDerivation.SeedKeyAsync(interoperabilityKey, user.Name, identifier, cancellationToken).ConfigureAwait(false);
        using var seed = new SeedKey(other, user, identifier, key.NotBefore, key.NotAfter, octets);
        return await SeedKeyEnvelope.SealAsync(seed, recipient, cma.Party.Provider, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the announcement of the seed key that a user has under a key (CKI Part 2 ¶62; of his local seed by profile section 3).</summary>
    /// <param name="key">The interoperability key.</param>
    /// <param name="user">The user.</param>
    /// <param name="generation">The generation of his seed key.</param>
    /// <param name="authority">The CMA certificate that goes along; null for the one in force.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The change that puts it into his outbox; null where nobody knows a certificate to seal it to, or the CMA certificate of the other domain.</returns>
    public async ValueTask<StoreChange?> AnnounceAsync(
        StoredInteroperabilityKey key, EnrolledUser user, long generation, Certificate? authority, CancellationToken cancellationToken)
    {
        var other = authority ?? await cma.Authorities.CurrentAsync(key.ExternalCma ?? cma.Me.Canonical, cma.Now, cancellationToken).ConfigureAwait(false);
        if (user.EncryptionCertificate.IsEmpty || other is null)
        {
            return null;
        }

        var name = DistinguishedName.Decode(user.Name);
        var identifier = new Asn1.Modules.CKIProfile.SeedKeyIdentifier { IkReference = (OctetString)Convert.FromHexString(key.MyReference), Generation = generation }.Encode();
        var recipient = Certificate.Decode(user.EncryptionCertificate);
        var sealedKey = await SealAsync(key, other.Subject, name, identifier, recipient, cancellationToken).ConfigureAwait(false);
        var body = new PKIBody.CkiESann(new CKIExtSeedKeyAnnContent { ExtSeedKeyInfo = sealedKey, ExternalCMACertificate = other.Value });
        return await cma.AnnounceAsync(name, body, cancellationToken).ConfigureAwait(false);
    }
}
