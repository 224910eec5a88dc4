using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Takes the CRLs of CMAs and forwards them to the other CMAs (CKI Part 2 ¶103).</summary>
internal sealed class CrlExchange(TlcmaContext tlcma) : Exchange<PKIBody.Crlann>
{
    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <summary>Makes the announcements of CRLs to all CMAs.</summary>
    public static async ValueTask<IReadOnlyList<StoreChange>> DistributeAsync(
        TlcmaContext tlcma, IReadOnlyList<RevocationList> lists, string? except, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>();
        foreach (var cma in (await tlcma.CmasAsync(cancellationToken).ConfigureAwait(false)).Where(cma => cma.CanonicalName != except))
        {
            changes.AddRange(await TellAsync(tlcma, cma, lists, cancellationToken).ConfigureAwait(false));
        }

        return changes;
    }

    /// <summary>Makes the announcements of CRLs to a CMA.</summary>
    public static async ValueTask<IReadOnlyList<StoreChange>> TellAsync(TlcmaContext tlcma, StoredPeer cma, IEnumerable<RevocationList> lists, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>();
        foreach (var body in Crls.Announcements(lists))
        {
            changes.Add(await tlcma.AnnounceAsync(cma, body, cancellationToken).ConfigureAwait(false));
        }

        return changes;
    }

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.Crlann body, Received received, CancellationToken cancellationToken)
    {
        try
        {
            return await TakeAsync(Crls.Read(body.Value), received, cancellationToken).ConfigureAwait(false);
        }
        catch (DerException exception)
        {
            return Refuse(exception.Message);
        }
    }

    private async ValueTask<Decision> TakeAsync(IReadOnlyList<RevocationList> lists, Received received, CancellationToken cancellationToken)
    {
        var stored = await tlcma.Store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false);
        Certificate[] authorities = [tlcma.Options.Certificate, .. stored.Select(authority => Certificate.Decode(authority.Encoded))]; // its own lists come back
        var kept = await tlcma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false);
        var known = kept.ToDictionary(crl => crl.Issuer, crl => crl.Number, StringComparer.Ordinal);
        var newer = new Dictionary<string, RevocationList>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            if (Crls.IsOfStranger(list, received, authorities) || RevokedAuthorities.Signed(list, received, kept))
            {
                continue;
            }

            if (Crls.FindObjection(list, authorities, tlcma.Party.Provider) is { } objection)
            {
                return Refuse(objection);
            }

            var record = Crls.Record(list);
            if (known.GetValueOrDefault(record.Issuer, -1) < record.Number)
            {
                known[record.Issuer] = record.Number;
                newer[record.Issuer] = list;
            }
        }

        var revoked = RevokedAuthorities.Among([.. newer.Values], authorities.Skip(1), tlcma.Party.Provider);
        return newer.Count == 0
            ? new Decision.Taken()
            : new Decision.Taken
            {
                Changes =
                [
                    .. newer.Values.Select(list => new StoreChange.PutCrl(Crls.Record(list))),
                    .. RevokedAuthorities.Remove(revoked, tlcma.Now),
                    .. RevokedAuthorities.Keys(revoked, tlcma.Now),
                    .. await DistributeAsync(tlcma, [.. newer.Values], received.From, cancellationToken).ConfigureAwait(false),
                ],
            };
    }

    private static Decision.Refused Refuse(string value) => new(new Rejection(
        PKIFailureInfo.InvalidRequestParameters, "crlann", value, "CKI Part 2 ¶107, profile section 4", "Send CRLs of CMAs that this TLCMA has certified, with cRLNumber, authorityKeyIdentifier and nextUpdate."));
}
