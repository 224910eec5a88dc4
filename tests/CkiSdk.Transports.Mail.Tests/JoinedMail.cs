using CkiSdk.Protocol;
using CkiSdk.Transports.Mail.Accounts;

namespace CkiSdk.Transports.Mail.Tests;

/// <summary>A client with what must end after it.</summary>
internal sealed class JoinedMail(MailTransport transport, params MailAccount[] accounts) : ICkiTransport
{
    public ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) => transport.ExchangeAsync(request, cancellationToken);

    public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) =>
        transport.NextAnnouncementAsync(acknowledgesPrevious, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        foreach (var account in accounts) await account.DisposeAsync();
    }
}
