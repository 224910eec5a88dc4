using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Derivation;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <summary>Is a request for a send certificate that waits for its answer (CKI Part 2 ¶80, ¶82).</summary>
public sealed class SendCertificateRequest : AgentRequest
{
    internal SendCertificateRequest(UserAgent agent, PKIMessage message)
        : base(agent, message)
    {
    }

    /// <summary>Reads the answer, checks it and derives the private key.</summary>
    /// <param name="delivered">The answer as delivered.</param>
    /// <param name="cancellationToken">Cancels the derivation.</param>
    /// <exception cref="CkiProtocolException">The answer breaks a rule; a genuine answer may still come.</exception>
    /// <exception cref="Asn1.DerException">The octets are no PKIMessage.</exception>
    public async ValueTask<SendCertificateResult> CompleteAsync(DeliveredMessage delivered, CancellationToken cancellationToken = default)
    {
        var content = Read<PKIBody.CkiSCrp>(delivered, out var answer).Value;
        return content.SendCertificate is { } sent
            ? await GrantAsync(answer, delivered, content.Status.Status, Certificate.From(sent), cancellationToken).ConfigureAwait(false)
            : WithoutGrant<SendCertificateResult>(
                answer, delivered, content.Status, (failure, text) => new SendCertificateResult.Rejected(failure, text), text => new SendCertificateResult.Waiting(text));
    }

    private async ValueTask<SendCertificateResult> GrantAsync(PKIMessage answer, DeliveredMessage delivered, PKIStatus status, Certificate certificate, CancellationToken cancellationToken)
    {
        RequireGranted(status, maybeModified: true);
        var asked = ((PKIBody.CkiSCrr)Message.Body).Value;
        CheckValidity(certificate, status == PKIStatus.Granted, asked.SuggestedValidityStart, asked.SuggestedValidityEnd);
        var key = await Agent.DeriveKeyAsync(certificate, DatedKeyUsage.Send, cancellationToken).ConfigureAwait(false);
        try
        {
            Take(answer, delivered);
            return new SendCertificateResult.Granted(certificate, key, status == PKIStatus.GrantedWithMods);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
