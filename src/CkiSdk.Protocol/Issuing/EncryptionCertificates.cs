using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol.Pipeline;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Finds the certificate to which keys for the sender of a request are sealed (profile section 3): the configured one, else one that came along.</summary>
internal static class EncryptionCertificates
{
    /// <summary>Finds the certificate; null where there is none that may be used now.</summary>
    /// <param name="received">The request.</param>
    /// <param name="configured">The DER of the configured one; empty for none.</param>
    /// <param name="anchors">What one that came along must lead to.</param>
    /// <param name="party">This party.</param>
    public static Certificate? Find(Received received, ReadOnlyMemory<byte> configured, IReadOnlyList<Certificate> anchors, PartyContext party)
    {
        var now = party.Time.GetUtcNow();
        if (!configured.IsEmpty && Certificate.Decode(configured) is var known && known.IsValidAt(now) && CertificateRules.CanReceiveKeys(known))
        {
            return known;
        }

        var sent = received.ExtraCertificates.Select(Certificate.From).ToArray();
        var validator = new PathValidator(TrustAnchor.Of(anchors), party.Provider);
        return Array.Find(sent, certificate => certificate.Subject.Equals(received.Sender.Name)
            && CertificateRules.CanReceiveKeys(certificate)
            && KeyDescription.Of(certificate.SubjectPublicKeyInfo).Finding is null
            && validator.Validate(certificate, sent, new PathOptions { Time = now }).IsValid);
    }
}
