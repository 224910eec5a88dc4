using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKCS1;
using CkiSdk.Asn1.Modules.PKIX1Algorithms2008;
using CkiSdk.Asn1.Modules.SafecurvesPkix18;

namespace CkiSdk.Pki.Certificates;

/// <summary>Checks keyUsage by itself, against the kind of key and against basicConstraints (RFC 5280 §4.2.1.3, §4.2.1.9; RFC 3279 §2.3; RFC 5480 §3).</summary>
internal static class KeyUsageLint
{
    private const string Clause = "RFC 5280 §4.2.1.3";

    /// <summary>Adds what is wrong.</summary>
    public static void Check(AlgorithmIdentifier key, CertificateContent content, List<LintFinding> findings)
    {
        if (content.KeyUsage is not { } usage)
            return;
        var extension = content.Find(CertificateExtensionsValues.IdCeKeyUsage)!;
        if (KeyUsage.Decode(extension.ExtnValue.Memory).Value != usage.Value)
            findings.Add(new("X.690 11.2.2", "keyUsage has zero bits at its end"));
        if ((usage.Has(KeyUsage.EncipherOnly) || usage.Has(KeyUsage.DecipherOnly)) && !usage.Has(KeyUsage.KeyAgreement))
            findings.Add(new(Clause, "keyUsage has encipherOnly or decipherOnly without keyAgreement"));
        if (content.BasicConstraints is { CA: true } && !usage.Has(KeyUsage.KeyCertSign))
            findings.Add(new("RFC 5280 §4.2.1.9", "keyCertSign and basicConstraints contradict each other"));
        CheckKey(key, usage, findings);
    }

    private static void CheckKey(AlgorithmIdentifier key, KeyUsage usage, List<LintFinding> findings)
    {
        var signs = usage.Has(KeyUsage.DigitalSignature) || usage.Has(KeyUsage.NonRepudiation) || usage.Has(KeyUsage.KeyCertSign) || usage.Has(KeyUsage.CRLSign);
        var enciphers = usage.Has(KeyUsage.KeyEncipherment) || usage.Has(KeyUsage.DataEncipherment);
        var agrees = usage.Has(KeyUsage.KeyAgreement);
        var contradicts = key.Algorithm switch
        {
            var algorithm when algorithm == ANSIX942Values.Dhpublicnumber => signs || enciphers,
            var algorithm when algorithm == PKCS1Values.RsaEncryption => agrees,
            var algorithm when algorithm == PKIX1Algorithms2008Values.IdEcPublicKey => enciphers,
            var algorithm when algorithm == SafecurvesPkix18Values.IdEd25519 => agrees || enciphers,
            _ => false,
        };
        if (contradicts)
            findings.Add(new(Clause, "keyUsage names a use that the key is not made for"));
    }
}
