using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Paths;

/// <summary>Holds certificates to the profiles that come with TLS: RFC 5280 §4, for servers also the web PKI.</summary>
internal static class ProfileCheck
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(PathContext context, Certificate certificate, bool isEnd, bool isAnchor, Action<ReasonCode, string, string> report)
    {
        certificate.Content.DecodeAll();
        var options = context.Options;
        var isTls = options.Purpose is { IsTls: true } || options.Name is { IsServer: true };
        if (!isTls)
            return;
        if (isEnd)
            CheckKey(context, certificate, report);
        var toBeSigned = certificate.Value.ToBeSigned;
        if (toBeSigned.Version == Generated.Version.V1 || options.Permissions.HasFlag(PathPermissions.LooseProfile))
            return;
        var findings = new List<LintFinding>();
        var isRoot = isAnchor && certificate.IsSelfIssued;
        ConformanceRules.Check(toBeSigned, certificate.Content, certificate.Issuer, certificate.Subject, isRoot || IsSelfSigned(context, certificate), findings);
        if (options.Purpose is null || options.Purpose == KeyPurpose.TlsServer)
        {
            WebPkiRules.Check(toBeSigned, certificate.Content, isRoot, findings);
            if (isEnd)
                WebPkiRules.CheckServer(certificate.Content, certificate.Subject, findings);
        }

        CheckAlgorithm(certificate, findings);
        foreach (var finding in findings)
            report(ReasonCode.ProfileViolation, finding.Clause, finding.Message);
    }

    // That of an anchor is verified by nobody, but stands for how its authority works. Many roots were signed by SHA-1.
    private static void CheckAlgorithm(Certificate certificate, List<LintFinding> findings)
    {
        if (certificate.Value.AlgorithmIdentifier != certificate.Value.ToBeSigned.Signature)
            findings.Add(new("RFC 5280 §4.1.1.2", "the algorithms inside and outside the signature differ"));
        if (!SignatureIdentifiers.TryFind(certificate.Value.AlgorithmIdentifier, out _))
            findings.Add(new("BR §7.1.3.2", $"the signature algorithm {certificate.Value.AlgorithmIdentifier.Algorithm} is unknown here"));
    }

    // Asked only where it matters: an anchor's name does not tell, and an authority may certify a new key of its own.
    private static bool IsSelfSigned(PathContext context, Certificate certificate)
    {
        if (certificate.AuthorityKey is not null)
            return false;
        var value = certificate.Value;
        return context.Signatures.Verify(certificate, value.ToBeSignedEncoded.Span, value.AlgorithmIdentifier, value.Encrypted, certificate.SubjectPublicKeyInfo) is null;
    }

    private static void CheckKey(PathContext context, Certificate certificate, Action<ReasonCode, string, string> report)
    {
        if (context.Provider.PublicKeys.TryImportVerificationKey(certificate.SubjectPublicKeyInfo.Span, context.Options.LegacyAlgorithms, out var key, out var error))
            key.Dispose();
        else
            report(ReasonCode.RefusedKey, Clauses.Key, $"its key is refused: {(error == CryptoError.WeakKey ? "it is weak" : error.ToString())}");
    }
}
