using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Issuing;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <summary>Keeps the latest CRL of each authority (profile section 4).</summary>
internal sealed class KnownCrls(CryptoProvider provider)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RevocationList> _lists = new(StringComparer.Ordinal);

    /// <summary>Gets all CRLs.</summary>
    public IReadOnlyList<RevocationList> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _lists.Values];
            }
        }
    }

    /// <summary>Finds the latest CRL under a certificate; null where there is none.</summary>
    public RevocationList? Find(Certificate authority)
    {
        lock (_gate)
        {
            return _lists.GetValueOrDefault(Crls.IssuerOf(authority)) is { } list && Crls.FindObjection(list, [authority], provider) is null ? list : null;
        }
    }

    /// <summary>Reads CRLs and checks those whose issuers are known. The others are kept until their issuer is, and checked then, if the user's CMA has sent them, which has checked them.</summary>
    /// <param name="content">The CRLs.</param>
    /// <param name="authorities">The certificates of authorities that are known.</param>
    /// <param name="isFromCma">Whether their way authenticates their origin and keeps them whole: else anybody could put lists in before the genuine ones.</param>
    /// <exception cref="CkiProtocolException">One is malformed, or not signed by the authority that it names.</exception>
    public IReadOnlyList<RevocationList> Read(CRLAnnContent content, IReadOnlyList<Certificate> authorities, bool isFromCma)
    {
        try
        {
            var lists = Crls.Read(content).ToLookup(list => authorities.Any(authority => Crls.IsOf(list, authority)));
            return lists[true].Select(list => Crls.FindObjection(list, authorities, provider)).FirstOrDefault(fault => fault is not null) is { } objection
                ? throw new CkiProtocolException($"crlann: {objection} (profile section 4).")
                : [.. lists[true], .. isFromCma ? lists[false] : []];
        }
        catch (DerException exception)
        {
            throw new CkiProtocolException($"crlann: {exception.Message}", exception);
        }
    }

    /// <summary>Takes the CRLs that are newer than those known.</summary>
    /// <returns>Those that were taken.</returns>
    public IReadOnlyList<RevocationList> Add(IReadOnlyList<RevocationList> lists)
    {
        var taken = new List<RevocationList>();
        lock (_gate)
        {
            foreach (var list in lists)
            {
                var record = Crls.Record(list);
                if (!_lists.TryGetValue(record.Issuer, out var known) || Crls.Record(known).Number < record.Number)
                {
                    _lists[record.Issuer] = list;
                    taken.Add(list);
                }
            }
        }

        return taken;
    }
}
