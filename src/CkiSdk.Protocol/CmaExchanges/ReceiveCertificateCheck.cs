using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Validates the receive certificate of an own user (CKI Part 2 ¶66; profile section 4): its path as at its start, its key, its public value.</summary>
internal sealed class ReceiveCertificateCheck(CmaContext cma, CertificateIssuer issuer)
{
    private const string Invalid = "CKI Part 2 ¶66, ¶73 c";

    /// <summary>Checks a certificate; one that has expired is served, so that old messages open.</summary>
    public async ValueTask<(Rejection? Rejection, CheckedReceiveCertificate? Found)> CheckAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        if (certificate.KeyUsage != (KeyUsage.KeyAgreement | KeyUsage.DecipherOnly) || CertificateLint.Check(certificate) is not [])
        {
            return Refuse("keyUsage", "it is no receive certificate of this profile", "Send the receive certificate that came with the message.");
        }

        if (certificate.SubjectKeyIdentifier is not { } identifier || !SeedKeyIdentifier.TryDecode(identifier.Memory, out var seed))
        {
            return Refuse("subjectKeyIdentifier", "it holds no seed key identifier", "Send the receive certificate that came with the message.");
        }

        var known = await cma.Authorities.OfAsync(certificate.Issuer.Canonical, cancellationToken).ConfigureAwait(false);
        if (known.Count == 0)
        {
            return (new Rejection(PKIFailureInfo.UnrecognisedDomain, "issuer", $"{certificate.Issuer} is not known here", "CKI Part 2 ¶73 a", "Ask the operator of the CMA to set up communication with that domain."), null);
        }

        var path = new PathValidator(TrustAnchor.Of(known), cma.Party.Provider).Validate(certificate, [], new PathOptions { Time = certificate.NotBefore });
        if (!path.IsValid)
        {
            return Refuse("certificate", $"at its start it did not lead to the CMA {certificate.Issuer}: {path}", "Send the receive certificate as it was issued.");
        }

        var key = await cma.Keys.FindAsync(Convert.ToHexStringLower(seed.IkReference.Value.Span), cancellationToken).ConfigureAwait(false);
        if (key is null)
        {
            return (new Rejection(PKIFailureInfo.InteroperabilityKeyUnavailable, "subjectKeyIdentifier", "no interoperability key has this reference here", "CKI Part 2 ¶73 d", "Ask the operator of the CMA."), null);
        }

        if ((key.ExternalCma ?? cma.Me.Canonical) != certificate.Issuer.Canonical || !cma.IsMine(certificate.Subject))
        {
            return Refuse("issuer", $"{certificate.Issuer} does not share the key that the certificate names, or {certificate.Subject} is outside this domain", "Send the receive certificate that came with the message.");
        }

        return await CheckKeyAsync(certificate, key, path.Path[^1], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(Rejection? Rejection, CheckedReceiveCertificate? Found)> CheckKeyAsync(
        Certificate certificate, StoredInteroperabilityKey key, Certificate authority, CancellationToken cancellationToken)
    {
        if (certificate.NotBefore < key.NotBefore || certificate.NotAfter > key.NotAfter)
        {
            return Refuse("validity", "it is not within that of the interoperability key", "Send the receive certificate as it was issued.");
        }

        if (!DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, cma.Options.Groups, out var group, out var publicValue))
        {
            return (new Rejection(PKIFailureInfo.BadAlg, "subjectPublicKeyInfo", "it is no Diffie–Hellman key of a configured group", "profile sections 1 and 4", "Use one of the groups of the profile."), null);
        }

        var description = new DatedKeyDescription(
            DatedKeyUsage.Receive, group, certificate.NotBefore, certificate.NotAfter, certificate.Subject.Name, certificate.SubjectKeyIdentifier!.Value.Memory);
        var recomputed = await issuer.PublicValueAsync(key, description, cancellationToken).ConfigureAwait(false);
        return recomputed.AsSpan().SequenceEqual(publicValue)
            ? (null, new CheckedReceiveCertificate(key, authority))
            : Refuse("subjectPublicKeyInfo", "it is not the key that belongs to the certificate's seed key", "Ask the operators whether both domains hold the same interoperability key.");
    }

    private static (Rejection? Rejection, CheckedReceiveCertificate? Found) Refuse(string field, string value, string nextStep) =>
        (new Rejection(PKIFailureInfo.InvalidRequestParameters, field, value, Invalid, nextStep), null);
}
