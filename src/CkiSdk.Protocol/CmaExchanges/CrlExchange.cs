using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Takes CRLs from the TLCMA and from other CMAs and forwards them unchanged (CKI Part 2 §III.F).</summary>
internal sealed class CrlExchange(CmaContext cma, CrlIssuer crls, AuthorityCheck check) : Exchange<PKIBody.Crlann>
{
    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.Crlann body, Received received, CancellationToken cancellationToken)
    {
        IReadOnlyList<RevocationList> lists;
        try
        {
            lists = Crls.Read(body.Value);
        }
        catch (DerException exception)
        {
            return Refuse(exception.Message);
        }

        var kept = await cma.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false);
        var known = kept.ToDictionary(crl => crl.Issuer, crl => crl.Number, StringComparer.Ordinal);
        var told = await FindToldAsync(received, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Certificate> authorities = [.. await cma.Authorities.ListAsync(cancellationToken).ConfigureAwait(false), .. told];
        IReadOnlyList<StoreChange.AddAuthority> learnt = [.. told.Select(certificate => new StoreChange.AddAuthority(new StoredAuthority(received.From, certificate.Encoded, cma.Now)))];
        var newer = new List<RevocationList>();
        foreach (var list in lists)
        {
            if (Crls.IsOfStranger(list, received, [.. authorities, .. cma.Options.Anchors]) || RevokedAuthorities.Signed(list, received, kept))
            {
                continue;
            }

            if (Crls.FindObjection(list, [.. authorities, .. cma.Options.Anchors], cma.Party.Provider) is { } objection)
            {
                return Refuse(objection);
            }

            // Only a higher number is accepted, which also ends the forwarding in circles.
            var record = Crls.Record(list);
            if (!list.Issuer.Equals(cma.Me) && (!known.TryGetValue(record.Issuer, out var number) || number < record.Number))
            {
                known[record.Issuer] = record.Number;
                newer.Add(list);
            }
        }

        if (newer.Count == 0)
        {
            return new Decision.Taken { Changes = learnt };
        }

        foreach (var list in newer)
        {
            cma.Standing.Hear(list);
        }

        var changes = newer.GroupBy(list => Crls.Record(list).Issuer, StringComparer.Ordinal).Select(ofOne => (StoreChange)new StoreChange.PutCrl(Crls.Record(ofOne.Last())));
        IReadOnlyList<StoredAuthority> all = [.. await cma.Store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false), .. learnt.Select(add => add.Authority)];
        var gone = RevokedAuthorities.Remove(RevokedAuthorities.Among(newer, all.Select(authority => Certificate.Decode(authority.Encoded)), cma.Party.Provider), cma.Now);
        return new Decision.Taken { Changes = [.. learnt, .. changes, .. gone, .. await crls.DistributeAsync(newer, received.From, cancellationToken).ConfigureAwait(false)] };
    }

    // The CMA certificates that the sender tells of himself, if they lead to what is configured for him.
    private async ValueTask<IReadOnlyList<Certificate>> FindToldAsync(Received received, CancellationToken cancellationToken)
    {
        var peer = await cma.Store.FindPeerAsync(received.From, cancellationToken).ConfigureAwait(false);
        var known = await cma.Authorities.OfAsync(received.From, cancellationToken).ConfigureAwait(false);
        var sent = received.ExtraCertificates.Take(RevokedAuthorities.MostCertificates).Select(Certificate.From).Where(certificate => !known.Contains(certificate));
        if (peer?.Kinds.HasFlag(PartyKinds.Cma) != true)
        {
            return [];
        }

        var told = new List<Certificate>();
        foreach (var certificate in sent)
        {
            if (await check.FindObjectionAsync(certificate, received.Sender.Name, peer, known, cancellationToken).ConfigureAwait(false) is null)
            {
                told.Add(certificate);
            }
        }

        return told;
    }

    private static Decision.Refused Refuse(string value) => new(new Rejection(
        PKIFailureInfo.InvalidRequestParameters, "crlann", value, "CKI Part 2 ¶107, profile section 4", "Send CRLs of authorities that both sides know, with cRLNumber, authorityKeyIdentifier and nextUpdate."));
}
