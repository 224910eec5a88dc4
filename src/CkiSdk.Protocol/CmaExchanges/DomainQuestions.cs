using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Asks the TLCMA for the domains of users whom somebody of this domain names and whose domain, or the key with it, is unknown (CKI Part 2 ¶28 b, ¶31 b).</summary>
/// <remarks>Nobody is asked twice for the same within some minutes, and no user makes this CMA ask without end: what the TLCMA does not know stays unknown for a while.</remarks>
internal sealed class DomainQuestions(CmaContext cma, PendingRequests pending)
{
    private const int MostInOneQuestion = 100;
    private const int MostOutstanding = 20;
    private const int MostOfOneUser = 100;
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _answered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<DateTimeOffset>> _askers = new(StringComparer.Ordinal);

    /// <summary>Works out what to ask.</summary>
    /// <param name="users">The users whose domain is unknown.</param>
    /// <param name="cmas">The CMAs with which there is no key.</param>
    /// <param name="asker">Who names them, in canonical form.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What to store so that it is asked; empty where that is done and the answer is not there yet; null where nobody is to be asked.</returns>
    public async ValueTask<IReadOnlyList<StoreChange>?> AskAsync(IReadOnlyList<DistinguishedName> users, IReadOnlyList<DistinguishedName> cmas, string asker, CancellationToken cancellationToken)
    {
        if (!cma.Options.AsksForDomains || users.Count + cmas.Count is 0 or > MostInOneQuestion
            || (await cma.Store.ListPeersAsync(cancellationToken).ConfigureAwait(false)).Where(peer => peer.Kinds.HasFlag(PartyKinds.Tlcma)).ToArray() is not [var tlcma])
        {
            return null;
        }

        var outstanding = (await cma.Store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false)).Where(request => request.Recipient == tlcma.CanonicalName).Select(request => NamesOf(PKIMessage.Decode(request.Message))).ToArray();
        var asked = outstanding.SelectMany(names => names).ToHashSet(StringComparer.Ordinal);
        var wanted = users.Concat(cmas).Where(name => !asked.Contains(name.Canonical)).ToHashSet();
        if (wanted.Count == 0)
        {
            return [];
        }

        if (outstanding.Length >= MostOutstanding || !MayAsk(wanted, asker))
        {
            return null;
        }

        var state = await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);
        var items = users.Where(wanted.Contains).Select(user => DomainItem.OfUser(user, validity: null, state, cma.Now)).Concat(cmas.Where(wanted.Contains).Select(other => DomainItem.OfCma(other, validity: null, state, cma.Now)));
        var body = new PKIBody.CkiTrr(new CKITlcmaReqContent { ReqLocalIK = false, ExternalRqInfo = new ExternalRqInfo((SequenceOf<ExternalRqInfoItem>)items.ToArray()) });
        return [new StoreChange.PutPendingRequest(await pending.BeginAsync(DistinguishedName.Decode(tlcma.Name), body, cancellationToken).ConfigureAwait(false))];
    }

    /// <summary>Remembers that the TLCMA has answered a request: what it has not supplied it does not know.</summary>
    /// <param name="request">The request.</param>
    public void Answered(PKIMessage request)
    {
        lock (_gate)
        {
            Forget();
            foreach (var name in NamesOf(request))
            {
                _answered[name] = cma.Now;
            }
        }
    }

    private bool MayAsk(HashSet<DistinguishedName> wanted, string asker)
    {
        lock (_gate)
        {
            Forget();
            if (wanted.Any(name => _answered.ContainsKey(name.Canonical)))
            {
                return false;
            }

            if (!_askers.TryGetValue(asker, out var questions))
            {
                _askers[asker] = questions = new Queue<DateTimeOffset>();
            }

            if (questions.Count >= MostOfOneUser)
            {
                return false;
            }

            questions.Enqueue(cma.Now);
            return true;
        }
    }

    // What is over, and where there is too much of it all: then somebody is asked once more than need be.
    private void Forget()
    {
        foreach (var (name, _) in _answered.Where(entry => entry.Value < cma.Now - Memory || _answered.Count > MostRemembered).ToArray())
        {
            _answered.Remove(name);
        }

        foreach (var (asker, questions) in _askers.ToArray())
        {
            while (questions.TryPeek(out var first) && first < cma.Now - TimeSpan.FromDays(1))
            {
                questions.Dequeue();
            }

            if (questions.Count == 0)
            {
                _askers.Remove(asker);
            }
        }
    }

    private static IEnumerable<string> NamesOf(PKIMessage request) => request.Body is PKIBody.CkiTrr { Value.ExternalRqInfo.Value: var items }
        ? items.Select(item => item.Choice switch
        {
            ExternalRqInfoItemChoice.ExternalUser user => DistinguishedName.From(user.Value).Canonical,
            ExternalRqInfoItemChoice.ExternalCMA other => DistinguishedName.From(other.Value).Canonical,
            _ => "",
        })
        : [];
}
