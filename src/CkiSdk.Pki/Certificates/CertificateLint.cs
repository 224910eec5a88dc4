using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using Generated = CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks what a certificate says against RFC 5280 and the profile, section 2, before it is signed or after.</summary>
public static class CertificateLint
{
    private const int FirstYearOfGeneralizedTime = 2050;

    /// <summary>Checks a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <returns>Everything that is wrong; empty if nothing is.</returns>
    public static IReadOnlyList<LintFinding> Check(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Check(certificate.Value.ToBeSigned, certificate.Value.AlgorithmIdentifier);
    }

    /// <summary>Checks what is to be signed.</summary>
    /// <param name="toBeSigned">The content of the certificate.</param>
    /// <param name="algorithm">The algorithm of the signature around it.</param>
    /// <returns>Everything that is wrong; empty if nothing is.</returns>
    public static IReadOnlyList<LintFinding> Check(CertificateToBeSigned toBeSigned, AlgorithmIdentifier algorithm)
    {
        ArgumentNullException.ThrowIfNull(toBeSigned);
        ArgumentNullException.ThrowIfNull(algorithm);
        var findings = new List<LintFinding>();
        CheckFields(toBeSigned, algorithm, findings);
        CheckValidity(toBeSigned.Validity, findings);
        CheckNames(toBeSigned, findings);
        CertificateContent content;
        try
        {
            content = new CertificateContent(toBeSigned.Extensions);
        }
        catch (DerException e)
        {
            findings.Add(new("RFC 5280 §4.2", $"an extension is malformed or stands twice: {e.Message}"));
            return findings;
        }

        KeyUsageLint.Check(toBeSigned.SubjectPublicKeyInfo.Algorithm, content, findings);
        ExtensionLint.Check(toBeSigned, content, findings);
        return findings;
    }

    private static void CheckFields(CertificateToBeSigned toBeSigned, AlgorithmIdentifier algorithm, List<LintFinding> findings)
    {
        if (toBeSigned.Version != Generated.Version.V3)
            findings.Add(new("RFC 5280 §4.1.2.1", "the version is not v3"));
        var serial = toBeSigned.SerialNumber.Value;
        if (serial <= 0)
            findings.Add(new("RFC 5280 §4.1.2.2", "the serial number is not positive"));
        if (serial.Octets.Length > SerialNumbers.MaxLength)
            findings.Add(new("RFC 5280 §4.1.2.2", "the serial number has more than 20 octets"));
        if (toBeSigned.Signature != algorithm)
            findings.Add(new("RFC 5280 §4.1.1.2", "the algorithms inside and outside the signature differ"));
        if (!SignatureIdentifiers.TryFind(toBeSigned.Signature, out var known) || known.NeededPermission() != LegacyAlgorithms.None)
            findings.Add(new("profile section 2", "the signature algorithm is outside the profile"));
        if (toBeSigned.IssuerUniqueIdentifier is not null || toBeSigned.SubjectUniqueIdentifier is not null)
            findings.Add(new("RFC 5280 §4.1.2.8", "there is a unique identifier"));
    }

    private static void CheckValidity(Validity validity, List<LintFinding> findings)
    {
        foreach (var time in (Time[])[validity.NotBefore, validity.NotAfter])
        {
            if (time is not Time.GeneralizedTime general)
                continue;
            if (Times.Read(time).Year < FirstYearOfGeneralizedTime)
                findings.Add(new("RFC 5280 §4.1.2.5", "a time before 2050 is no UTCTime"));
            if (general.Value.Octets.Length != "YYYYMMDDHHMMSSZ".Length)
                findings.Add(new("RFC 5280 §4.1.2.5.2", "a time has fractions of a second"));
        }

        if (Times.Read(validity.NotAfter) <= Times.Read(validity.NotBefore))
            findings.Add(new("RFC 5280 §4.1.2.5", "the validity ends before it begins"));
    }

    private static void CheckNames(CertificateToBeSigned toBeSigned, List<LintFinding> findings)
    {
        foreach (var (role, value) in ((string, Asn1.Modules.InformationFramework.Name)[])[("issuer", toBeSigned.Issuer), ("subject", toBeSigned.Subject)])
        {
            var name = DistinguishedName.From(value);
            if (name.Count == 0)
                findings.Add(new("RFC 5280 §4.1.2.4", $"the {role} is empty"));
            if (!name.HasOnlyCurrentStrings)
                findings.Add(new("RFC 5280 §4.1.2.4", $"the {role} has a text of an obsolete type"));
        }
    }
}
