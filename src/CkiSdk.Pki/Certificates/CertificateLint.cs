using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks what a certificate says against RFC 5280 and other rules, before it is signed or after.</summary>
public static class CertificateLint
{
    /// <summary>Checks a certificate against RFC 5280 and the profile of the CKI, section 2.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>Everything that is wrong; empty if nothing is.</returns>
    public static IReadOnlyList<LintFinding> Check(Certificate certificate) => Check(certificate, LintRules.Rfc5280 | LintRules.Cki);

    /// <summary>Checks a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="rules">Against which rules.</param>
    /// <returns>Everything that is wrong; empty if nothing is.</returns>
    public static IReadOnlyList<LintFinding> Check(Certificate certificate, LintRules rules)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var (toBeSigned, findings) = (certificate.Value.ToBeSigned, new List<LintFinding>());
        Check(toBeSigned, certificate.Value.AlgorithmIdentifier, certificate.Content, certificate.Issuer, certificate.Subject, rules, findings);
        return findings;
    }

    /// <summary>Checks what is to be signed against RFC 5280 and the profile of the CKI, section 2.</summary>
    /// <param name="toBeSigned">The content of the certificate.</param>
    /// <param name="algorithm">The algorithm of the signature around it.</param>
    /// <returns>Everything that is wrong; empty if nothing is.</returns>
    public static IReadOnlyList<LintFinding> Check(CertificateToBeSigned toBeSigned, AlgorithmIdentifier algorithm) =>
        Check(toBeSigned, algorithm, LintRules.Rfc5280 | LintRules.Cki);

    /// <summary>Checks what is to be signed.</summary>
    /// <param name="toBeSigned">The content of the certificate.</param>
    /// <param name="algorithm">The algorithm of the signature around it.</param>
    /// <param name="rules">Against which rules.</param>
    /// <returns>Everything that is wrong; empty if nothing is.</returns>
    public static IReadOnlyList<LintFinding> Check(CertificateToBeSigned toBeSigned, AlgorithmIdentifier algorithm, LintRules rules)
    {
        ArgumentNullException.ThrowIfNull(toBeSigned);
        ArgumentNullException.ThrowIfNull(algorithm);
        var findings = new List<LintFinding>();
        CertificateContent content;
        try
        {
            content = new CertificateContent(toBeSigned.Extensions);
        }
        catch (DerException e)
        {
            findings.Add(Malformed(e));
            return findings;
        }

        Check(toBeSigned, algorithm, content, DistinguishedName.From(toBeSigned.Issuer), DistinguishedName.From(toBeSigned.Subject), rules, findings);
        return findings;
    }

    /// <summary>Adds what is wrong, with what was read of the certificate already.</summary>
    internal static void Check(
        CertificateToBeSigned toBeSigned,
        AlgorithmIdentifier algorithm,
        CertificateContent content,
        DistinguishedName issuer,
        DistinguishedName subject,
        LintRules rules,
        List<LintFinding> findings)
    {
        try
        {
            content.DecodeAll();
        }
        catch (DerException e)
        {
            findings.Add(Malformed(e));
            return;
        }

        if (rules.HasFlag(LintRules.Rfc5280))
        {
            CheckFields(toBeSigned, algorithm, issuer, subject, findings);
            ConformanceRules.Check(toBeSigned, content, issuer, subject, isSelfSigned: issuer.Equals(subject), findings);
            KeyUsageLint.Check(toBeSigned.SubjectPublicKeyInfo.Algorithm, content, findings);
            ExtensionLint.Check(content, findings);
        }

        if (rules.HasFlag(LintRules.WebPki))
        {
            WebPkiRules.Check(toBeSigned, content, isRoot: issuer.Equals(subject), findings);
            WebPkiRules.CheckServer(content, subject, findings);
            WebPkiRules.CheckNamed(content, findings);
        }

        if (rules.HasFlag(LintRules.Cki))
            CkiLint.Check(toBeSigned, content, subject, findings);
    }

    private static LintFinding Malformed(DerException fault) => new("RFC 5280 §4.2", $"an extension is malformed or stands twice: {fault.Message}");

    private static void CheckFields(
        CertificateToBeSigned toBeSigned, AlgorithmIdentifier algorithm, DistinguishedName issuer, DistinguishedName subject, List<LintFinding> findings)
    {
        if (toBeSigned.Version != Generated.Version.V3)
            findings.Add(new("RFC 5280 §4.1.2.1", "the version is not v3"));
        if (toBeSigned.SerialNumber.Value == 0)
            findings.Add(new("RFC 5280 §4.1.2.2", "the serial number is zero"));
        if (toBeSigned.Signature != algorithm)
            findings.Add(new("RFC 5280 §4.1.1.2", "the algorithms inside and outside the signature differ"));
        if (!SignatureIdentifiers.TryFind(toBeSigned.Signature, out _))
            findings.Add(new("RFC 5280 §4.1.1.2", "the signature algorithm is unknown, or its parameters are not those of its standard"));
        if (!issuer.HasOnlyCurrentStrings)
            findings.Add(new("RFC 5280 §4.1.2.4", "the issuer has a text of an obsolete type"));
        if (!subject.HasOnlyCurrentStrings)
            findings.Add(new("RFC 5280 §4.1.2.4", "the subject has a text of an obsolete type"));
    }
}
