using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Gathers the answer to a request for domain parameters.</summary>
internal sealed class DomainAnswer
{
    private const int RoomForTheRest = 1024; // status and the heads of the sequences
    private readonly List<ExternalDomainInfoItem> _external = [];
    private int _length = RoomForTheRest;

    /// <summary>Gets or sets the parameters of the own domain.</summary>
    public LocalDomainInfo? Local { get; set; }

    /// <summary>Gets whether there is no key of another domain.</summary>
    public bool IsEmpty => _external.Count == 0;

    /// <summary>Gets the CMAs whose keys are there already.</summary>
    public HashSet<string> Named { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the references of the keys that are there already: a domain may be named more than once, by its CMA and by users.</summary>
    public HashSet<string> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets why domains that were asked for are missing.</summary>
    public List<Rejection> Missing { get; } = [];

    /// <summary>Gets or sets whether a validity is not as requested.</summary>
    public bool IsModified { get; set; }

    /// <summary>Gets what is committed with the answer.</summary>
    public List<StoreChange> Changes { get; } = [];

    /// <summary>Adds keys shared with another domain, if a message has room for them.</summary>
    public bool TryAdd(IReadOnlyList<ExternalDomainInfoItem> items)
    {
        var length = items.Sum(item => item.Encode().Length);
        if (_length + (Local?.Encode().Length ?? 0) + length > MessageLimit.OctetsOfBody)
        {
            return false;
        }

        _external.AddRange(items);
        _length += length;
        return true;
    }

    /// <summary>Lists the keys with a domain that this answer has made.</summary>
    public IEnumerable<PairKey> Made(string cma) =>
        Changes.OfType<StoreChange.AddPairKey>().Select(change => change.Key).Where(key => key.Second is not null && (key.First == cma || key.Second == cma));

    /// <summary>Makes the answer: grantedWithMods where domains are missing or a validity differs (CKI Part 2 ¶39).</summary>
    public Decision ToDecision()
    {
        var content = new CKITlcmaRepContent
        {
            Status = new PKIStatusInfo { Status = IsModified || Missing.Count > 0 ? PKIStatus.GrantedWithMods : PKIStatus.Granted },
            LocalDomainInfo = Local,
            ExternalDomainInfo = IsEmpty ? default(ExternalDomainInfo?) : new ExternalDomainInfo((SequenceOf<ExternalDomainInfoItem>)_external.ToArray()),
        };
        return new Decision.Answered(new PKIBody.CkiTrp(content), Missing.Count == 0 ? null : string.Join(' ', Missing)) { Changes = Changes };
    }
}
