using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Writes what a TLCMA tells a CMA of its own and of other domains (CKI Part 2 ¶27, ¶42–43).</summary>
internal sealed class DomainTelling(TlcmaContext tlcma, PairKeys pairs)
{
    /// <summary>Writes the parameters of the CMA's own domain.</summary>
    public async ValueTask<LocalDomainInfo> LocalAsync(PairKey key, StoredPeer cma, Certificate encryption, CancellationToken cancellationToken)
    {
        var certificate = await tlcma.CertificateOfAsync(cma, cancellationToken).ConfigureAwait(false);
        return new LocalDomainInfo
        {
            LocalBaseMod = Groups.Write(tlcma.Options.Group),
            LocalIKInfo = await pairs.WriteAsync(key, cma, other: null, encryption, cancellationToken).ConfigureAwait(false),
            LocalCMACertificate = certificate?.Value,
            LocalDomainCertificateAndPrivateKey = tlcma.Options.SuppliesDomainKeys ? await DomainKeyAsync(key, cma, encryption, cancellationToken).ConfigureAwait(false) : null,

            // Its own list the CMA knows best: a source tells its own view alone, else nobody could take it back.
            LocalRevokedUL = RevokedLists.Write((await tlcma.Store.FindRevokedListAsync(RevokedList.Own, cma.CanonicalName, cancellationToken).ConfigureAwait(false))?.Users ?? []),
        };
    }

    /// <summary>Writes a key shared with another domain and the parameters of that domain; its CMA certificate is the given one, or null for the one in force.</summary>
    public async ValueTask<ExternalDomainInfoItem> ExternalAsync(
        PairKey key, StoredPeer cma, StoredPeer other, Certificate encryption, Certificate? certificate, CancellationToken cancellationToken)
    {
        certificate ??= await tlcma.CertificateOfAsync(other, cancellationToken).ConfigureAwait(false);
        return new ExternalDomainInfoItem
        {
            ExternalCMA = DistinguishedName.Decode(other.Name).Name,
            ExternalIKInfo = await pairs.WriteAsync(key, cma, other, encryption, cancellationToken).ConfigureAwait(false),
            ExternalRevokUL = RevokedLists.Write(await tlcma.Store.ListRevokedUsersAsync(other.CanonicalName, cancellationToken).ConfigureAwait(false)),
            ExternalCMACertificate = certificate?.Value,
        };
    }

    /// <summary>Makes the announcement of a key to a CMA (CKI Part 2 ¶34), with the given certificate of the other CMA or the one in force; null where no certificate is configured to seal it to, or the other CMA has none in force: without one nobody takes the key, and nothing behind it (it goes along with the next certificate).</summary>
    public async ValueTask<StoreChange?> AnnounceAsync(PairKey key, StoredPeer cma, StoredPeer? other, Certificate? certificate, CancellationToken cancellationToken)
    {
        if (other is not null && (certificate ??= await tlcma.CertificateOfAsync(other, cancellationToken).ConfigureAwait(false)) is null)
        {
            return null;
        }

        if (cma.EncryptionCertificate.IsEmpty || Certificate.Decode(cma.EncryptionCertificate) is not { } encryption || !encryption.IsValidAt(tlcma.Now))
        {
            return null;
        }

        var content = other is null
            ? new CKITlcmaAnnContent { LocalDomainInfo = await LocalAsync(key, cma, encryption, cancellationToken).ConfigureAwait(false) }
            : new CKITlcmaAnnContent
            {
                ExternalDomainInfo = new ExternalDomainInfo((SequenceOf<ExternalDomainInfoItem>)new[]
                {
                    await ExternalAsync(key, cma, other, encryption, certificate, cancellationToken).ConfigureAwait(false),
                }),
            };
        return await tlcma.AnnounceAsync(cma, new PKIBody.CkiTann(content), cancellationToken).ConfigureAwait(false);
    }

    // CKI Part 2 ¶27 d. The private key is not kept: it exists here until it is sealed to the CMA.
    private async ValueTask<CertificateAndPrivateKey> DomainKeyAsync(PairKey key, StoredPeer cma, Certificate encryption, CancellationToken cancellationToken)
    {
        var (group, provider) = (tlcma.Options.Group, tlcma.Party.Provider);
        using var candidate = Crypto.Secret.Random(group.CandidateLength, provider.Random);
        using var exponent = group.ExponentFrom(candidate);
        var spki = DhPublicKeys.Encode(group, provider.DiffieHellman.PublicValue(group, exponent));
        var end = WholeSeconds.Earlier(key.NotAfter, tlcma.Options.Certificate.NotAfter);
        var template = CertificateProfiles.Domain(DistinguishedName.Decode(cma.Name), spki, key.NotBefore, end);
        var certificate = await CertificateSigner.SignAsync(
            template, tlcma.Options.Certificate, tlcma.Options.SigningKey, tlcma.Options.SignatureAlgorithm, SerialNumbers.Random(provider.Random), cancellationToken).ConfigureAwait(false);
        return new CertificateAndPrivateKey
        {
            Certificate = certificate.Value,
            PrivateKey = await PrivateKeyEnvelope.SealAsync(group, exponent, encryption, provider, cancellationToken).ConfigureAwait(false),
        };
    }
}
