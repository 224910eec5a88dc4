using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Client;

/// <summary>Is a request for a send certificate that waits for its answer; it knows what the answer must look like.</summary>
public sealed class SendCertificateRequest
{
    private readonly UserAgent _agent;
    private readonly PKIMessage _message;

    internal SendCertificateRequest(UserAgent agent, PKIMessage message)
    {
        _agent = agent;
        _message = message;
        Octets = message.Encode();
    }

    /// <summary>Gets the DER of the PKIMessage to send; sending it again is safe and gives the same answer.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Reads the answer and checks everything that it must fulfil; derives the private key of the certificate.</summary>
    /// <param name="delivered">The answer as delivered.</param>
    /// <param name="cancellationToken">Cancels the derivation.</param>
    /// <exception cref="DerException">The octets are no PKIMessage.</exception>
    /// <exception cref="CkiProtocolException">The answer breaks a rule, or the certificate is not what it must be.</exception>
    public async ValueTask<SendCertificateResult> CompleteAsync(DeliveredMessage delivered, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivered);
        var answer = MessageReader.Decode(delivered.Octets);
        _agent.Rules.CheckAnswer(answer.Header, _message.Header, delivered);
        if (answer.Body is not PKIBody.CkiSCrp content)
        {
            throw new CkiProtocolException($"body: {answer.Body.GetType().Name} is no answer to ckiSCrr (CKI Part 2 ¶82).");
        }

        var (status, text) = (content.Value.Status.Status, FreeText.Read(answer.Header.FreeText));
        if (status == PKIStatus.Rejection)
        {
            return new SendCertificateResult.Rejected(content.Value.Status.FailInfo ?? default, text);
        }

        if (status == PKIStatus.Waiting)
        {
            return new SendCertificateResult.Waiting(text);
        }

        if ((status != PKIStatus.Granted && status != PKIStatus.GrantedWithMods) || content.Value.SendCertificate is not { } sent)
        {
            throw new CkiProtocolException($"status: {status.Value} without a certificate (CKI Part 2 ¶22, ¶87).");
        }

        var certificate = Certificate.From(sent);
        CheckValidity(certificate, status == PKIStatus.Granted);
        var key = await _agent.DeriveKeyAsync(certificate, DatedKeyUsage.Send, cancellationToken).ConfigureAwait(false);
        return new SendCertificateResult.Granted(certificate, key, status == PKIStatus.GrantedWithMods);
    }

    /// <summary>Granted means exactly what was asked for (CKI Part 2 ¶22, ¶84).</summary>
    private void CheckValidity(Certificate certificate, bool granted)
    {
        var asked = ((PKIBody.CkiSCrr)_message.Body).Value;
        var sameStart = SameSecond(certificate.NotBefore, asked.SuggestedValidityStart);
        var sameEnd = asked.SuggestedValidityEnd is not { } end || SameSecond(certificate.NotAfter, end);
        if (granted && !(sameStart && sameEnd))
        {
            throw new CkiProtocolException("status: granted, but the validity is not the one suggested (CKI Part 2 ¶84).");
        }
    }

    private static bool SameSecond(DateTimeOffset time, GeneralizedTime asked) =>
        time.UtcTicks / TimeSpan.TicksPerSecond == asked.ToDateTimeOffset().UtcTicks / TimeSpan.TicksPerSecond;
}
