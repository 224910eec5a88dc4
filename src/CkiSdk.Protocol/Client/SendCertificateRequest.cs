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
        _agent.Rules.CheckAnswer(answer, _message.Header, delivered);
        if (answer.Body is not PKIBody.CkiSCrp content)
        {
            throw new CkiProtocolException($"body: {answer.Body.GetType().Name} is no answer to ckiSCrr (CKI Part 2 ¶82).");
        }

        return content.Value.SendCertificate is { } sent
            ? await GrantAsync(answer, content.Value.Status.Status, Certificate.From(sent), cancellationToken).ConfigureAwait(false)
            : WithoutCertificate(answer, content.Value.Status);
    }

    private async ValueTask<SendCertificateResult> GrantAsync(PKIMessage answer, PKIStatus status, Certificate certificate, CancellationToken cancellationToken)
    {
        if (status != PKIStatus.Granted && status != PKIStatus.GrantedWithMods)
        {
            throw new CkiProtocolException("status: it is neither granted nor grantedWithMods, but there is a certificate (CKI Part 2 ¶22, ¶87).");
        }

        CheckValidity(certificate, status == PKIStatus.Granted);
        var key = await _agent.DeriveKeyAsync(certificate, DatedKeyUsage.Send, cancellationToken).ConfigureAwait(false);
        try
        {
            _agent.Rules.TakeAnswer(answer);
            return new SendCertificateResult.Granted(certificate, key, status == PKIStatus.GrantedWithMods);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private SendCertificateResult WithoutCertificate(PKIMessage answer, PKIStatusInfo status)
    {
        var text = FreeText.Read(answer.Header.FreeText);
        SendCertificateResult result =
            status.Status == PKIStatus.Rejection ? new SendCertificateResult.Rejected(status.FailInfo ?? default, text)
            : status.Status == PKIStatus.Waiting ? new SendCertificateResult.Waiting(text)
            : throw new CkiProtocolException("status: it is neither rejection nor waiting, but there is no certificate (CKI Part 2 ¶22, ¶87).");
        _agent.Rules.TakeAnswer(answer);
        return result;
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
