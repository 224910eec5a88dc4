using System.Security.Cryptography;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Receipts;

/// <summary>Says by octets alone what the frames of TCP say besides messages, for transports whose requests and answers are single things, such as files and mails (CKI profile section 7).</summary>
/// <remarks>
/// What was taken and has no answer is receipted by the SHA-256 of its octets. A question for the oldest announcement is an empty content, or the SHA-256 of the announcement before, which is
/// done with. Neither is a PKIMessage.
/// </remarks>
internal static class ReceiptedExchange
{
    /// <summary>Makes the receipt of a content, 32 octets.</summary>
    /// <param name="content">The content.</param>
    public static byte[] Receipt(ReadOnlyMemory<byte> content) => SHA256.HashData(content.Span);

    /// <summary>Tells whether an answer is the receipt of what was sent.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="content">What was sent.</param>
    public static bool IsReceipt(ReadOnlyMemory<byte> answer, ReadOnlyMemory<byte> content) => answer.Span.SequenceEqual(SHA256.HashData(content.Span));

    /// <summary>Lets a party handle what arrived, be it a message or a question for the oldest announcement.</summary>
    /// <param name="party">The party.</param>
    /// <param name="message">What arrived.</param>
    /// <param name="cancellationToken">Cancels the handling.</param>
    public static async ValueTask<HandlingResult> HandleAsync(IMessageHandler party, DeliveredMessage message, CancellationToken cancellationToken)
    {
        if (message.Octets.Length is not (0 or SHA256.HashSizeInBytes)) return await party.HandleAsync(message, cancellationToken).ConfigureAwait(false);
        if (message.Sender is not { } peer) return new HandlingResult.Refused("Announcements are for those who sign.");
        var oldest = await party.NextAnnouncementAsync(peer, message.Services, null, cancellationToken).ConfigureAwait(false);
        if (oldest is { } known && IsReceipt(message.Octets, known)) oldest = await party.NextAnnouncementAsync(peer, message.Services, known, cancellationToken).ConfigureAwait(false);
        return oldest is { } next ? new HandlingResult.Answer(next) : new HandlingResult.Accepted();
    }
}
