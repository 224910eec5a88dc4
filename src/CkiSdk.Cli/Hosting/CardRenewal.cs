using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol;
using Microsoft.Extensions.Logging;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Cli.Hosting;

/// <summary>Takes certificates of authorities that were made anew for the same keys into the cards of the parties, when they come along with CRLs that the authority has taken (profile section 4).</summary>
internal sealed partial class CardRenewal(AuthorityHost host, IMessageHandler party, ILogger<CardRenewal> logger) : IMessageHandler
{
    private const int MostCertificates = 8;

    /// <inheritdoc/>
    public async ValueTask<HandlingResult> HandleAsync(DeliveredMessage message, CancellationToken cancellationToken = default)
    {
        var result = await party.HandleAsync(message, cancellationToken).ConfigureAwait(false);
        if (result is HandlingResult.Accepted && message.Sender is not null)
        {
            await RenewAsync(message, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> NextAnnouncementAsync(Peer peer, SecurityServices services, ReadOnlyMemory<byte>? acknowledged, CancellationToken cancellationToken = default) =>
        party.NextAnnouncementAsync(peer, services, acknowledged, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WaitingAnnouncement?> AnnouncementAfterAsync(Peer peer, SecurityServices services, long after, CancellationToken cancellationToken = default) =>
        party.AnnouncementAfterAsync(peer, services, after, cancellationToken);

    // The CRLs are taken already: what fails here comes with the next ones.
    private async ValueTask RenewAsync(DeliveredMessage delivered, CancellationToken cancellationToken)
    {
        try
        {
            if (!PKIMessage.TryDecode(delivered.Octets, out var message) || message is not { Body: PKIBody.Crlann, ExtraCerts: { } extra })
            {
                return;
            }

            // As the cards are in the store now, one message after another: what the one before has changed must not be written over.
            Certificate[] sent = [.. extra.Take(MostCertificates).Select(Certificate.From)];
            using var turn = await host.TakeCardsAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (card, _) in await host.Cards.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                if (card.Renew(sent, CryptoProviders.Software, TimeProvider.System.GetUtcNow()) is var renewed && renewed != card)
                {
                    await host.Cards.PutAsync(renewed, by: delivered.Sender!.Name, cancellationToken: cancellationToken).ConfigureAwait(false);
                    LogRenewed(card.Name, delivered.Sender!.Name);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, delivered.Sender!.Name);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "An authority of {Card} has renewed its certificate for the same key; it came with CRLs of {Sender}")]
    private partial void LogRenewed(string card, object sender);

    [LoggerMessage(2, LogLevel.Warning, "Certificates that came with CRLs of {Sender} could not be looked at")]
    private partial void LogFailed(Exception exception, object sender);
}
