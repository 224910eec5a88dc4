using CkiSdk.Crypto;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks that a certificate leads to a configured anchor.</summary>
/// <remarks>
/// Of RFC 5280 §6 it does: signatures, names, key identifiers, validity, basicConstraints with path lengths, keyUsage and the purpose of
/// the certificate itself. Revocation is for the caller. A certificate with any other critical extension, or with name constraints, is
/// refused, so that nothing is ignored that an issuer demanded.
/// </remarks>
/// <param name="anchors">The certificates that are trusted; one of them may itself be the certificate to check.</param>
/// <param name="provider">What verifies signatures.</param>
public sealed class PathChecker(IEnumerable<Certificate> anchors, CryptoProvider provider)
{
    private const int MaxLength = 8;
    private const int MaxSignatures = 64; // bounds the work that many certificates of one name can cause
    private readonly Certificate[] _anchors = [.. anchors];

    /// <summary>Gets the certificates that are trusted.</summary>
    public IReadOnlyList<Certificate> Anchors => _anchors;

    /// <summary>Checks a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="others">Certificates that may stand between it and an anchor, in any order.</param>
    /// <param name="time">The moment for which to check.</param>
    /// <param name="purposes">What the certificate must be good for.</param>
    /// <returns>The path, or why there is none.</returns>
    public PathResult Check(Certificate certificate, IEnumerable<Certificate> others, DateTimeOffset time, CertificatePurposes purposes = CertificatePurposes.None)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (CertificateRules.FindObjection(certificate, time) is { } objection)
            return PathResult.Refused($"The certificate {objection}.");
        if (!CertificateRules.IsGoodFor(certificate, purposes))
            return PathResult.Refused("The certificate is not made for this purpose.");
        var search = new Search(_anchors, [.. others], time, provider);
        return search.Run([certificate])
            ? PathResult.Found(search.Path)
            : PathResult.Refused(search.Objection ?? "No certificate of the issuer is known.");
    }

    private sealed class Search(Certificate[] anchors, Certificate[] others, DateTimeOffset time, CryptoProvider provider)
    {
        private int _signatures;

        public IReadOnlyList<Certificate> Path { get; private set; } = [];

        public string? Objection { get; private set; }

        public bool Run(Certificate[] path)
        {
            if (Array.Exists(anchors, path[^1].Equals))
            {
                Path = path;
                return true;
            }

            return path.Length < MaxLength
                && (anchors.Any(anchor => Continue(path, anchor)) || others.Any(other => Continue(path, other)));
        }

        private bool Continue(Certificate[] path, Certificate issuer)
        {
            if (!path[^1].Issuer.Equals(issuer.Subject) || path.Contains(issuer) || !IdentifiersFit(path[^1], issuer))
                return false;
            if (FindObjection(path, issuer) is not { } objection)
                return Run([.. path, issuer]);
            Objection = $"The issuer's certificate {objection}.";
            return false;
        }

        private string? FindObjection(Certificate[] path, Certificate issuer)
        {
            if (CertificateRules.FindObjection(issuer, time) is { } objection)
                return objection;
            if (!CertificateRules.MaySign(issuer, path.Skip(1).Count(authority => !authority.IsSelfIssued)))
                return "does not allow it to sign certificates here";
            if (++_signatures > MaxSignatures)
                return "is one of too many";
            return path[^1].IsSignedBy(issuer, provider) ? null : "is not that of the key that signed";
        }

        // RFC 5280 4.2.1.1: identifiers choose between certificates of one name; where both are stated they must agree.
        private static bool IdentifiersFit(Certificate certificate, Certificate issuer) =>
            certificate.AuthorityKeyIdentifier is not { } wanted || issuer.SubjectKeyIdentifier is not { } found || wanted == found;
    }
}
