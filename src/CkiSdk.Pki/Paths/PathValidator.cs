using System.Collections.Concurrent;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Paths;

/// <summary>Builds and validates certification paths from trust anchors (RFC 5280 §6, RFC 4158, RFC 9618, RFC 5937).</summary>
/// <remarks>
/// Keep one for a set of anchors, because it keeps their keys; it may be used by many threads at once. Old algorithms, versions and
/// profiles are accepted by permission only. Nothing is fetched: certificates and revocation lists are the caller's.
/// </remarks>
public sealed class PathValidator
{
    private readonly CryptoProvider _provider;
    private readonly Certificate[] _intermediates;
    private readonly Dictionary<DistinguishedName, TrustAnchor[]> _anchors;
    private readonly ConcurrentDictionary<LegacyAlgorithms, ImportedKeys> _keys = new();

    /// <summary>Makes a validator.</summary>
    /// <param name="anchors">Where trust begins.</param>
    /// <param name="provider">What verifies signatures.</param>
    /// <param name="intermediates">Certificates of authorities that are at hand for every path; their keys are kept, too.</param>
    public PathValidator(IEnumerable<TrustAnchor> anchors, CryptoProvider provider, IEnumerable<Certificate>? intermediates = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(provider);
        _provider = provider;
        _intermediates = [.. intermediates ?? []];
        _anchors = anchors.GroupBy(anchor => anchor.Name).ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>Gets the anchors.</summary>
    public IEnumerable<TrustAnchor> Anchors => _anchors.Values.SelectMany(same => same);

    /// <summary>Tells whether signatures lead from a certificate to an anchor; neither time nor purpose nor constraints are looked at.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="others">Certificates that may stand between, in any order.</param>
    /// <param name="legacyAlgorithms">The old algorithms that are accepted.</param>
    /// <returns>The path, or why there is none.</returns>
    public ValidationResult VerifySignatures(Certificate certificate, IEnumerable<Certificate> others, LegacyAlgorithms legacyAlgorithms = LegacyAlgorithms.None)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(others);
        var options = new PathOptions { Time = certificate.NotBefore, LegacyAlgorithms = legacyAlgorithms };
        using var signatures = new SignatureChecks(KeysFor(legacyAlgorithms), options.Limits.Signatures);
        return new PathSearch(new PathContext(_anchors, new CertificatePool([.. others, .. _intermediates]), signatures, options, _provider), null).Run(certificate);
    }

    /// <summary>Validates a certificate: builds paths until one of them is valid.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="others">Certificates that may stand between it and an anchor, or sign revocation lists, in any order.</param>
    /// <param name="options">For what it must be valid.</param>
    /// <returns>The path, or everything that is wrong with the one that came closest.</returns>
    public ValidationResult Validate(Certificate certificate, IEnumerable<Certificate> others, PathOptions options)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(options);
        using var signatures = new SignatureChecks(KeysFor(options.LegacyAlgorithms), options.Limits.Signatures);
        var context = new PathContext(_anchors, new CertificatePool([.. others, .. _intermediates]), signatures, options, _provider);
        var revocation = RevocationCheck.For(context);
        var result = new PathSearch(context, (path, anchor) => new PathProcessor(context, path, anchor, revocation).Run()).Run(certificate);
        if (result.IsValid || result.Anchor is not null)
            return result;
        var partial = new PathProcessor(context, result.Path, null, null).Run().Reasons.Where(reason => reason.Code != ReasonCode.PathTooLong);
        return new ValidationResult(result.Path, null, [], [.. result.Reasons, .. partial]);
    }

    private ImportedKeys KeysFor(LegacyAlgorithms allowed)
    {
        if (_keys.TryGetValue(allowed, out var known))
            return known;
        var keys = new ImportedKeys(_provider, allowed);
        foreach (var anchor in Anchors)
            keys.Keep(anchor.SubjectPublicKeyInfo);
        foreach (var intermediate in _intermediates)
            keys.Keep(intermediate.SubjectPublicKeyInfo);
        return _keys.GetOrAdd(allowed, keys);
    }
}
