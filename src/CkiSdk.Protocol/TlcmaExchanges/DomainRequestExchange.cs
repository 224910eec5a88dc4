using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Answers the requests of CMAs for domain parameters (CKI Part 2 §III.A).</summary>
internal sealed class DomainRequestExchange(TlcmaContext tlcma, PairKeys pairs, DomainTelling telling, RequestedDomains domains, RevokedUsers users) : Exchange<PKIBody.CkiTrr>
{
    private const string Invalid = "CKI Part 2 ¶40 d";
    private const int MostDomains = 1000;

    /// <inheritdoc/>
    public override bool TakesTurns => true;

    /// <inheritdoc/>
    public override bool IsFollowed => true;

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<StoreChange>> FollowAsync(PKIBody answer, Received received, CancellationToken cancellationToken)
    {
        if (answer is not PKIBody.CkiTrp { Value: var told } || await tlcma.Store.FindPeerAsync(received.From, cancellationToken).ConfigureAwait(false) is not { } cma)
        {
            return [];
        }

        var lists = (told.ExternalDomainInfo?.Value ?? default).Select(item => (DistinguishedName.From(item.ExternalCMA).Canonical, item.ExternalRevokUL));
        return await users.FollowAsync(cma, told.LocalDomainInfo?.LocalRevokedUL, [.. lists], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask<Decision> DecideAsync(PKIBody.CkiTrr body, Received received, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var cma = (await tlcma.Store.FindPeerAsync(received.From, cancellationToken).ConfigureAwait(false))!;
        if (EncryptionCertificates.Find(received, cma.EncryptionCertificate, tlcma.Options.AuthenticationAnchors, tlcma.Party) is not { } encryption)
        {
            return new Decision.Refused(new Rejection(PKIFailureInfo.UnauthorisedAccess, "extraCerts", "no valid encryption certificate of the sender is known, and none came along", "CKI Part 2 ¶40 c, profile section 3", "Send one in extraCerts."));
        }

        var wanted = request.ExternalRqInfo?.Value ?? default;
        if ((!request.ReqLocalIK && wanted.Count == 0) || wanted.Count > MostDomains)
        {
            return Refuse("externalRqInfo", wanted.Count == 0 ? "nothing is asked for" : $"{wanted.Count} domains are asked for", $"Ask for the local key or name 1 to {MostDomains} domains.");
        }

        var answer = new DomainAnswer();
        if (request.ReqLocalIK && await AddLocalAsync(request, cma, encryption, answer, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        foreach (var item in wanted)
        {
            if (await AddExternalAsync(item, cma, encryption, answer, cancellationToken).ConfigureAwait(false) is { } fault)
            {
                return fault;
            }
        }

        if (answer is { Local: null, IsEmpty: true })
        {
            return new Decision.Refused(answer.Missing[0]);
        }

        if (tlcma.Options.OffersAllDomains)
        {
            await AddUnrequestedAsync(cma, encryption, answer, cancellationToken).ConfigureAwait(false);
        }

        return answer.ToDecision();
    }

    private async ValueTask<Decision?> AddLocalAsync(CKITlcmaReqContent request, StoredPeer cma, Certificate encryption, DomainAnswer answer, CancellationToken cancellationToken)
    {
        var (fault, start, end, isModified) = Fit(request.LocalIKValidity, "localIKValidity");
        if (fault is not null)
        {
            return fault;
        }

        // A CMA that asks for its local key gets a new one: after a restore from backup it may not go on with the old (profile section 1.2).
        var key = pairs.Create(cma.CanonicalName, other: null, start, end);
        answer.Changes.Add(new StoreChange.AddPairKey(key));
        answer.IsModified |= isModified;
        answer.Local = await telling.LocalAsync(key, cma, encryption, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<Decision?> AddExternalAsync(
        ExternalRqInfoItem item, StoredPeer cma, Certificate encryption, DomainAnswer answer, CancellationToken cancellationToken)
    {
        var (fault, start, end, isModified) = Fit(item.ExternalIKValidity, "externalIKValidity");
        var (missing, other) = await domains.FindAsync(item, cancellationToken).ConfigureAwait(false);
        if (fault is not null || missing is not null)
        {
            if (missing is not null)
            {
                answer.Missing.Add(missing);
            }

            return fault;
        }

        if (other!.CanonicalName == cma.CanonicalName)
        {
            return Refuse("externalRqInfo", "it names the domain of the sender", "Set reqLocalIK for the local key.");
        }

        IReadOnlyList<PairKey> keys = [.. await pairs.ListAsync(cma.CanonicalName, other.CanonicalName, cancellationToken).ConfigureAwait(false), .. answer.Made(other.CanonicalName)];
        var changes = new List<StoreChange>();
        var covering = keys.LastOrDefault(key => key.NotBefore <= start && start < key.NotAfter);
        if (covering is null || (item.ExternalIKValidity is not null && covering.NotBefore < start))
        {
            // A CMA that names the begin gets a key that begins then: after a restore from backup it may not go on with the one of before (profile section 1.2).
            covering = pairs.Create(cma.CanonicalName, other.CanonicalName, start, end);
            keys = [.. keys, covering];
            changes.Add(new StoreChange.AddPairKey(covering));
            if (await telling.AnnounceAsync(covering, other, cma, certificate: null, cancellationToken).ConfigureAwait(false) is { } announcement)
            {
                changes.Add(announcement);
            }
        }
        else if (item.ExternalIKValidity is not null)
        {
            isModified = (covering.NotBefore, covering.NotAfter) != (start, end);
        }

        if (await TryAddAsync(keys, cma, other, encryption, answer, cancellationToken).ConfigureAwait(false))
        {
            answer.IsModified |= isModified;
            answer.Changes.AddRange(changes);
        }
        else
        {
            // CKI Part 2 ¶39 a: keys for some of the domains are granted with modifications; the CMA asks for the others again.
            answer.Missing.Add(new Rejection(
                PKIFailureInfo.InteroperabilityKeyUnavailable, "externalRqInfo", $"the answer has no room left for {DistinguishedName.Decode(other.Name)}", "CKI Part 2 ¶39 a, ¶40 b", "Ask for it in another request."));
        }

        return null;
    }

    private async ValueTask AddUnrequestedAsync(StoredPeer cma, Certificate encryption, DomainAnswer answer, CancellationToken cancellationToken)
    {
        foreach (var other in (await tlcma.CmasAsync(cancellationToken).ConfigureAwait(false)).Where(other => other.CanonicalName != cma.CanonicalName && !answer.Named.Contains(other.CanonicalName)))
        {
            _ = await TryAddAsync(await pairs.ListAsync(cma.CanonicalName, other.CanonicalName, cancellationToken).ConfigureAwait(false), cma, other, encryption, answer, cancellationToken).ConfigureAwait(false);
        }
    }

    // All keys with a domain or none, as far as there is room in one message.
    private async ValueTask<bool> TryAddAsync(IReadOnlyList<PairKey> keys, StoredPeer cma, StoredPeer other, Certificate encryption, DomainAnswer answer, CancellationToken cancellationToken)
    {
        var items = new List<ExternalDomainInfoItem>();
        var untold = keys.Where(key => !answer.Told.Contains(key.FirstReference)).ToArray();
        foreach (var key in untold)
        {
            items.Add(await telling.ExternalAsync(key, cma, other, encryption, certificate: null, cancellationToken).ConfigureAwait(false));
        }

        if (!answer.TryAdd(items))
        {
            return false;
        }

        answer.Named.Add(other.CanonicalName);
        answer.Told.UnionWith(untold.Select(key => key.FirstReference));
        return true;
    }

    // CKI Part 2 ¶37: what is granted covers what is requested, unless policy limits it.
    private (Decision? Fault, DateTimeOffset Start, DateTimeOffset End, bool IsModified) Fit(Validity? requested, string field)
    {
        var now = WholeSeconds.Cut(tlcma.Now);
        if (requested is not { } validity)
        {
            return (null, now, WholeSeconds.Add(now, tlcma.Options.DefaultKeyLifetime), false);
        }

        var (start, end) = (WholeSeconds.Cut(Times.Read(validity.NotBefore)), WholeSeconds.Cut(Times.Read(validity.NotAfter)));
        if (end <= start || end <= now)
        {
            return (Refuse(field, $"{end:u} is not after {start:u}, or has passed", "Ask for a validity that ends in the future."), start, end, false);
        }

        var latest = WholeSeconds.Add(start, tlcma.Options.MaximumKeyLifetime);
        return (null, start, end < latest ? end : latest, end > latest);
    }

    private static Decision.Refused Refuse(string field, string value, string nextStep) =>
        new(new Rejection(PKIFailureInfo.InvalidRequestParameters, field, value, Invalid, nextStep));
}
