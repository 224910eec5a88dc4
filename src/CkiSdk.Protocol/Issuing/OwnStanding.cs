using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Knows whether the CMA certificate in force is revoked (CKI Part 2 ¶104): then nothing is issued under it, since nobody takes it. Seed keys for what is out, CRLs and key recovery go on.</summary>
internal sealed class OwnStanding(PartyContext party, Signers signers)
{
    // Another process on the same store may have taken the CRL.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private volatile Known? _known;

    /// <summary>Finds the CRL that revokes the CMA certificate in force; null where none does.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<RevocationList?> FindRevocationAsync(CancellationToken cancellationToken)
    {
        var now = party.Time.GetUtcNow();
        var certificate = signers.At(now).Certificate;
        if (_known is not { } known || !ReferenceEquals(known.Certificate, certificate) || known.At > now || now - known.At > Freshness)
        {
            var lists = await party.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false);
            _known = known = new Known(certificate, now, RevokedAuthorities.Find(lists, certificate));
        }

        return known.List;
    }

    /// <summary>Says why nothing is issued; null where it is.</summary>
    /// <param name="paragraph">Where the refusals of the exchange stand.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<Rejection?> FindRefusalAsync(string paragraph, CancellationToken cancellationToken) =>
        await FindRevocationAsync(cancellationToken).ConfigureAwait(false) is { } list
            ? new Rejection(
                PKIFailureInfo.InteroperabilityKeyUnavailable, "header.recipient", $"the certificate of this CMA is revoked by the CRL {list.Number} of {list.Issuer}, and nobody would take what it issues", $"CKI Part 2 ¶104, {paragraph}",
                "Ask the operator of the CMA for another CMA certificate, and then again; what you have got before still opens.")
            : null;

    /// <summary>Lists the identifiers of the keys of the own CMA certificates, of whatever time, that are revoked.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlySet<OctetString>> RevokedKeysAsync(CancellationToken cancellationToken)
    {
        var lists = await party.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false);
        return signers.All.Select(signer => signer.Certificate).Where(certificate => RevokedAuthorities.Find(lists, certificate) is not null).Select(certificate => certificate.SubjectKeyIdentifier!.Value).ToHashSet();
    }

    /// <summary>Hears of a CRL that has come, before it is stored.</summary>
    /// <param name="list">The CRL.</param>
    public void Hear(RevocationList list)
    {
        var now = party.Time.GetUtcNow();
        if (signers.At(now).Certificate is { } certificate && RevokedAuthorities.Names(list, certificate))
        {
            _known = new Known(certificate, now, list);
        }
    }

    private sealed record Known(Certificate Certificate, DateTimeOffset At, RevocationList? List);
}
