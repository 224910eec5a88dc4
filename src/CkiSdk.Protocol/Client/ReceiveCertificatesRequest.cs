using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <summary>Is a request for receive certificates of others that waits for its answer (CKI Part 2 ¶92, ¶96).</summary>
public sealed class ReceiveCertificatesRequest : AgentRequest
{
    internal ReceiveCertificatesRequest(UserAgent agent, PKIMessage message)
        : base(agent, message)
    {
    }

    /// <summary>Reads the answer and checks it.</summary>
    /// <param name="delivered">The answer as delivered.</param>
    /// <exception cref="CkiProtocolException">The answer breaks a rule; a genuine answer may still come.</exception>
    /// <exception cref="Asn1.DerException">The octets are no PKIMessage.</exception>
    public ReceiveCertificatesResult Complete(DeliveredMessage delivered)
    {
        var content = Read<PKIBody.CkiRCrp>(delivered, out var answer).Value;
        if (content.ReceiveCerts is not { } sent)
        {
            return WithoutGrant<ReceiveCertificatesResult>(
                answer, delivered, content.Status, (failure, text) => new ReceiveCertificatesResult.Rejected(failure, text), text => new ReceiveCertificatesResult.Waiting(text));
        }

        RequireGranted(content.Status.Status, maybeModified: true);
        var asked = ((PKIBody.CkiRCrr)Message.Body).Value;
        var certificates = sent.Select(Certificate.From).ToArray();
        if (certificates.Length != asked.RecipientUsers.Count)
        {
            throw new CkiProtocolException($"receiveCerts: there are {certificates.Length}, not {asked.RecipientUsers.Count} (profile section 4).");
        }

        foreach (var (certificate, name) in certificates.Zip(asked.RecipientUsers))
        {
            if (!certificate.Subject.Equals(DistinguishedName.From(name)))
            {
                throw new CkiProtocolException($"receiveCerts: {certificate.Subject} stands where {DistinguishedName.From(name)} was asked for (profile section 4).");
            }

            CheckValidity(certificate, content.Status.Status == PKIStatus.Granted, asked.SuggestedValidityStart, asked.SuggestedValidityEnd);
            Agent.CheckIssuedHere(certificate, DatedKeyUsage.Receive);
        }

        Take(answer, delivered);
        return new ReceiveCertificatesResult.Granted(certificates, content.Status.Status == PKIStatus.GrantedWithMods);
    }
}
