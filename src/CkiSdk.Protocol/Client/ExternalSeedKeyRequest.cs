using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <summary>Is a request for the seed key of a receive certificate that waits for its answer (CKI Part 2 ¶64, ¶69).</summary>
public sealed class ExternalSeedKeyRequest : AgentRequest
{
    internal ExternalSeedKeyRequest(UserAgent agent, PKIMessage message)
        : base(agent, message)
    {
    }

    /// <summary>Reads the answer, opens the seed key and checks that it is the one of the certificate.</summary>
    /// <param name="delivered">The answer as delivered.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="CkiProtocolException">The answer breaks a rule; a genuine answer may still come.</exception>
    /// <exception cref="Asn1.DerException">The octets are no PKIMessage.</exception>
    public async ValueTask<ExternalSeedKeyResult> CompleteAsync(DeliveredMessage delivered, CancellationToken cancellationToken = default)
    {
        var content = Read<PKIBody.CkiESrp>(delivered, out var answer).Value;
        if (content.ExtSeedKeyInfo is not { } sealedKey)
        {
            return WithoutGrant<ExternalSeedKeyResult>(
                answer, delivered, content.Status, (failure, text) => new ExternalSeedKeyResult.Rejected(failure, text), text => new ExternalSeedKeyResult.Waiting(text));
        }

        RequireGranted(content.Status.Status, maybeModified: false);
        var certificate = Certificate.From(((PKIBody.CkiESrr)Message.Body).Value);
        var seed = await Agent.OpenSeedAsync(sealedKey, cancellationToken).ConfigureAwait(false);
        try
        {
            await TakeAsync(answer, delivered, content, certificate, seed, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            seed.Dispose();
            throw;
        }

        return new ExternalSeedKeyResult.Granted(seed.Identifier, certificate.Issuer);
    }

    private async ValueTask TakeAsync(PKIMessage answer, DeliveredMessage delivered, CKIExtSeedKeyRepContent content, Certificate certificate, SeedKey seed, CancellationToken cancellationToken)
    {
        if (!seed.Cma.Equals(certificate.Issuer)
            || !seed.User.Encoded.Span.SequenceEqual(certificate.Subject.Encoded.Span)
            || certificate.SubjectKeyIdentifier is not { } identifier
            || !seed.Identifier.Span.SequenceEqual(identifier.Span))
        {
            throw new CkiProtocolException("extSeedKeyInfo: it is not for the user, the CMA and the identifier of the certificate (CKI Part 2 ¶67, profile section 3).");
        }

        if (content.ExternalCMACertificate is { } authority)
        {
            Agent.TakeAuthority(Certificate.From(authority), seed.Cma);
        }

        using var key = await Agent.DeriveKeyAsync(certificate, DatedKeyUsage.Receive, seed, cancellationToken).ConfigureAwait(false);
        Take(answer, delivered);
        Agent.AddSeed(seed);
    }
}
