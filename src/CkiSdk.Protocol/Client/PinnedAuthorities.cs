using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Client;

/// <summary>Knows the certificates that a user agent is configured to trust, and those that were made anew for the same keys.</summary>
internal sealed class PinnedAuthorities(UserAgentOptions options, CryptoProvider provider, TimeProvider time)
{
    private const int MostCertificates = 8;
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<Certificate> _renewed = [];

    /// <summary>Gets the certificates that have followed pinned ones, the latest of each.</summary>
    public IReadOnlyList<Certificate> Renewed => _renewed;

    /// <summary>Gets what certificates of the CMA must lead to.</summary>
    public IReadOnlyList<Certificate> Anchors =>
        [.. options.Anchors, .. _renewed.Where(next => options.Anchors.Any(pinned => RenewedCertificates.IsOfSameKey(next, pinned)))];

    /// <summary>Takes what follows a pinned certificate; everything else is left alone.</summary>
    /// <param name="sent">What came along with CRLs, or was kept.</param>
    public void Take(IEnumerable<Certificate> sent)
    {
        Certificate[] known = [.. sent.Take(MostCertificates)];
        lock (_gate)
        {
            foreach (var pinned in options.Anchors.Concat(options.AuthenticationAnchors))
            {
                var last = _renewed.FirstOrDefault(next => RenewedCertificates.IsOfSameKey(next, pinned)) ?? pinned;
                if (RenewedCertificates.Find(last, known, provider, time.GetUtcNow()) is { } next)
                {
                    _renewed = [.. _renewed.Where(other => !RenewedCertificates.IsOfSameKey(other, pinned)), next];
                }
            }
        }
    }
}
