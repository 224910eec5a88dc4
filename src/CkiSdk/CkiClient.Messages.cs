using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Sealing;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk;

/// <content>Sealed messages (CKI Part 2 Annex C, V and VI).</content>
public sealed partial class CkiClient
{
    // The certificates of so many go into one message, whatever the group.
    private const int MostInOneRequest = 200;

    /// <summary>Seals a content to users of any domain. Certificates that are missing, have ended or are revoked are asked for.</summary>
    /// <param name="content">The content, read to its end.</param>
    /// <param name="message">Where the message goes; incomplete after an exception.</param>
    /// <param name="recipients">Who shall open it, at least one; who stands there twice is one.</param>
    /// <param name="scheme">How the key of the content is encrypted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The certificates that were used.</returns>
    /// <exception cref="ArgumentException">There is no recipient.</exception>
    /// <exception cref="CkiTransportException">A certificate is missing and the CMA could not be reached.</exception>
    /// <exception cref="CkiProtocolException">The CMA refuses a certificate, such as that of a revoked user; or a certificate or the CRL breaks a rule.</exception>
    /// <exception cref="CkiWaitingException">The CMA has not decided yet.</exception>
    public async Task<SealedMessage> SealAsync(
        Stream content, Stream message, IReadOnlyList<DistinguishedName> recipients, SealingScheme scheme = SealingScheme.TokenKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        if (recipients.Count == 0)
        {
            throw new ArgumentException("There is no recipient.", nameof(recipients));
        }

        recipients = [.. recipients.Distinct()];
        var send = await SendCertificateAsync(cancellationToken).ConfigureAwait(false);
        var receive = await ReceiveCertificatesAsync(recipients, send, cancellationToken).ConfigureAwait(false);
        var group = GroupOf(send);
        if (!receive.All(certificate => Fits(certificate, send, group)))
        {
            // The CMA signs with another key since the send certificate was made, or has changed the group: both certificates must be of one.
            send = await AskSendCertificateAsync(cancellationToken).ConfigureAwait(false);
            receive = await ReceiveCertificatesAsync(recipients, send, cancellationToken).ConfigureAwait(false);
        }

        var authority = _agent.FindAuthority(send) ?? throw new CkiProtocolException($"sendCertificate.issuer: {send.Issuer} is not known.");
        using var key = await _agent.DeriveKeyAsync(send, DatedKeyUsage.Send, cancellationToken).ConfigureAwait(false);
        var options = new SealerOptions
        {
            SendCertificate = send,
            SendKey = key,
            Issuer = new TrustedIssuer(authority, _agent.FindCrl(authority)) { IsRevoked = _agent.IsRevoked(authority) },
            Recipients = [.. recipients.Zip(receive, (user, certificate) => new SealingRecipient(user, certificate))],
            Scheme = scheme,
            Groups = _agent.Groups,
        };
        await MessageSealer.SealAsync(content, message, options, _agent.Provider, _time, cancellationToken).ConfigureAwait(false);
        return new SealedMessage(send, receive);
    }

    /// <summary>Opens a message. A seed key that is missing is asked for (CKI Part 2 C.19).</summary>
    /// <param name="message">The message, read to its end.</param>
    /// <param name="stage">Makes a place where a content waits until all of it is known to be good.</param>
    /// <param name="scheme">How the key of the content must be encrypted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it was opened; if not, why, with the words of the CMA where it has refused a seed key.</returns>
    /// <exception cref="CkiTransportException">A seed key is missing and the CMA could not be reached.</exception>
    /// <exception cref="Asn1.DerException">The octets are no CMS message that is encrypted.</exception>
    public async Task<OpenedMessage> OpenAsync(
        Stream message, Func<IStagedOutput> stage, SealingScheme scheme = SealingScheme.TokenKey, CancellationToken cancellationToken = default)
    {
        var refusal = "";
        var options = AgentOpener.For(_agent, _agent.User, FetchSeedAsync, scheme: scheme);
        var opened = await MessageOpener.OpenAsync(message, stage, options, _agent.Provider, _time, cancellationToken).ConfigureAwait(false);
        return opened.IsOpened || refusal.Length == 0 ? opened : opened with { Reason = $"{opened.Reason} The CMA says: {refusal}" };

        async ValueTask<bool> FetchSeedAsync(Certificate receive, CancellationToken stop)
        {
            var result = await RequestSeedKeyAsync(receive, cancellationToken: stop).ConfigureAwait(false);
            refusal = result switch
            {
                ExternalSeedKeyResult.Rejected rejected => rejected.Text,
                ExternalSeedKeyResult.Waiting waiting => waiting.Text,
                _ => "",
            };
            return result is ExternalSeedKeyResult.Granted;
        }
    }

    /// <summary>Finds the user's send certificate of now, or asks for one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The certificate, whose key <see cref="UserAgent.DeriveKeyAsync"/> derives.</returns>
    /// <exception cref="CkiTransportException">There is none, and the CMA could not be reached.</exception>
    /// <exception cref="CkiProtocolException">The CMA refuses.</exception>
    /// <exception cref="CkiWaitingException">The CMA has not decided yet.</exception>
    public async Task<Certificate> SendCertificateAsync(CancellationToken cancellationToken = default)
    {
        return Certificates.Find(_agent.User, isSend: true, _time.GetUtcNow()).FirstOrDefault(IsGood) ?? await AskSendCertificateAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<Certificate> AskSendCertificateAsync(CancellationToken cancellationToken)
    {
        switch (await RequestSendCertificateAsync(_time.GetUtcNow(), cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            case SendCertificateResult.Granted granted:
                granted.PrivateKey.Dispose();
                return granted.Certificate;
            case SendCertificateResult.Rejected rejected:
                throw new CkiProtocolException(rejected.Failure, $"The CMA refuses a send certificate: {rejected.Text}");
            case var other:
                throw new CkiWaitingException($"The CMA has not decided about the send certificate yet. {(other as SendCertificateResult.Waiting)?.Text}");
        }
    }

    private async Task<IReadOnlyList<Certificate>> ReceiveCertificatesAsync(IReadOnlyList<DistinguishedName> recipients, Certificate send, CancellationToken cancellationToken)
    {
        var (now, group) = (_time.GetUtcNow(), GroupOf(send));
        var found = recipients.ToDictionary(user => user, user => Certificates.Find(user, isSend: false, now).FirstOrDefault(known => IsGood(known) && Fits(known, send, group)));
        foreach (var missing in recipients.Where(user => found[user] is null).Chunk(MostInOneRequest).ToArray())
        {
            switch (await RequestReceiveCertificatesAsync(missing, now, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                case ReceiveCertificatesResult.Granted granted:
                    foreach (var (user, certificate) in missing.Zip(granted.Certificates))
                    {
                        found[user] = certificate;
                    }

                    break;
                case ReceiveCertificatesResult.Rejected rejected:
                    throw new CkiProtocolException(rejected.Failure, $"The CMA refuses the receive certificate: {rejected.Text}");
                case var other:
                    throw new CkiWaitingException($"The CMA has not decided about the receive certificates yet. {(other as ReceiveCertificatesResult.Waiting)?.Text}");
            }
        }

        return [.. recipients.Select(user => found[user]!)];
    }

    // A certificate of an authority whose CRL is not there is asked for anew: the answer says more than a guess.
    private bool IsGood(Certificate certificate) => _agent.FindAuthority(certificate) is { } authority && !_agent.IsRevoked(authority)
        && (_agent.FindCrl(authority) is not { } list || list.Find(certificate.SerialNumber) is not { } entry || entry.Reason == CRLReason.RemoveFromCRL);

    // Same CMA, same key of it, same group (profile sections 1 and 5).
    private bool Fits(Certificate receive, Certificate send, DhGroup group) => receive.Issuer.Equals(send.Issuer) && receive.AuthorityKeyIdentifier == send.AuthorityKeyIdentifier
        && _agent.CheckCertificate(receive, DatedKeyUsage.Receive).Group.Equals(group);

    private DhGroup GroupOf(Certificate send) => _agent.CheckCertificate(send, DatedKeyUsage.Send).Group;
}
