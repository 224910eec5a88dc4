using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <summary>Is a request for the private keys of others' certificates that waits for its answer (CKI Part 2 §III.H).</summary>
public sealed class KeyRecoveryRequest : AgentRequest
{
    private readonly IReadOnlyList<Certificate> _certificates;

    internal KeyRecoveryRequest(UserAgent agent, PKIMessage message, IReadOnlyList<Certificate> certificates)
        : base(agent, message) => _certificates = certificates;

    /// <summary>Reads the answer and opens the keys.</summary>
    /// <param name="delivered">The answer as delivered.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="CkiProtocolException">The answer breaks a rule, or a key belongs to none of the certificates; a genuine answer may still come.</exception>
    /// <exception cref="Asn1.DerException">The octets are no PKIMessage.</exception>
    public async ValueTask<KeyRecoveryResult> CompleteAsync(DeliveredMessage delivered, CancellationToken cancellationToken = default)
    {
        var content = Read<PKIBody.Krp>(delivered, out var answer).Value;
        if (content.KeyPairHist is not { Count: > 0 } history)
        {
            return WithoutGrant<KeyRecoveryResult>(
                answer, delivered, content.Status, (failure, text) => new KeyRecoveryResult.Rejected(failure, text), text => new KeyRecoveryResult.Waiting(text));
        }

        RequireGranted(content.Status.Status, maybeModified: true);
        if ((content.Status.Status == PKIStatus.Granted) != (history.Count == _certificates.Count))
        {
            throw new CkiProtocolException($"status: there are {history.Count} of {_certificates.Count} keys (CKI Part 2 ¶126).");
        }

        var keys = new List<RecoveredKey>();
        try
        {
            foreach (var pair in history)
            {
                keys.Add(await OpenAsync(pair, cancellationToken).ConfigureAwait(false));
            }

            Take(answer, delivered);
        }
        catch
        {
            keys.ForEach(key => key.PrivateKey.Dispose());
            throw;
        }

        return new KeyRecoveryResult.Granted(keys, content.Status.Status == PKIStatus.GrantedWithMods);
    }

    private async ValueTask<RecoveredKey> OpenAsync(CertifiedKeyPair pair, CancellationToken cancellationToken)
    {
        var key = await Agent.OpenPrivateKeyAsync(pair.PrivateKey, cancellationToken).ConfigureAwait(false);
        var certificate = _certificates.FirstOrDefault(known => IsOf(known, key));
        if (certificate is null)
        {
            key.Dispose();
            throw new CkiProtocolException("keyPairHist: a key belongs to none of the certificates of the request (CKI Part 2 ¶123).");
        }

        return new RecoveredKey(certificate, key);
    }

    private static bool IsOf(Certificate certificate, IDhKey key) =>
        DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, new DhGroupSet(key.Group), out _, out var publicValue) && key.PublicValue.Span.SequenceEqual(publicValue);
}
