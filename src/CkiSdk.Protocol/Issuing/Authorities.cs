using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Knows the CMA certificates of the own domain and of the others, and so to whose domain a user belongs (CKI Part 2 ¶93).</summary>
internal sealed class Authorities(IPeerStore store, Signers signers)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Certificate> _decoded = new(StringComparer.Ordinal);

    /// <summary>Lists all certificates, one's own first.</summary>
    public async ValueTask<IReadOnlyList<Certificate>> ListAsync(CancellationToken cancellationToken) => List(await store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Lists the certificates of a CMA, the latest start first.</summary>
    public async ValueTask<IReadOnlyList<Certificate>> OfAsync(string cma, CancellationToken cancellationToken) =>
        [.. (await ListAsync(cancellationToken).ConfigureAwait(false)).Where(certificate => certificate.Subject.Canonical == cma).OrderByDescending(certificate => certificate.NotBefore)];

    /// <summary>Returns the certificate of a CMA that is in force; null where none is.</summary>
    public async ValueTask<Certificate?> CurrentAsync(string cma, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await OfAsync(cma, cancellationToken).ConfigureAwait(false)).FirstOrDefault(certificate => certificate.IsValidAt(now));

    /// <summary>Lists the certificates in force, one for each CMA: they say to whose domain a user belongs.</summary>
    public IReadOnlyList<Certificate> InForce(DateTimeOffset now, IStateView state) =>
        [.. List(state.ListAuthorities())
            .Where(certificate => certificate.IsValidAt(now))
            .GroupBy(certificate => certificate.Subject)
            .Select(ofOne => ofOne.MaxBy(certificate => certificate.NotBefore)!)];

    private IReadOnlyList<Certificate> List(IReadOnlyList<StoredAuthority> stored)
    {
        lock (_gate)
        {
            return [.. signers.All.Select(signer => signer.Certificate), .. stored.Select(Decode)];
        }
    }

    private Certificate Decode(StoredAuthority authority)
    {
        var index = Convert.ToHexString(authority.Encoded.Span);
        if (!_decoded.TryGetValue(index, out var certificate))
        {
            _decoded[index] = certificate = Certificate.Decode(authority.Encoded);
        }

        return certificate;
    }
}
