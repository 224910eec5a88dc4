using CkiSdk.Protocol;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Decides which frame answers a frame of one connection, without I/O (CKI profile section 7).</summary>
/// <param name="party">The party that handles messages.</param>
/// <param name="waiting">The waiting requests of all connections.</param>
/// <param name="client">The client of this connection.</param>
internal sealed class TcpDialogue(IMessageHandler party, WaitingRequests waiting, Peer client)
{
    private ReadOnlyMemory<byte>? _announced;

    /// <summary>Answers one frame.</summary>
    /// <returns>The answer, and whether the connection ends after it.</returns>
    public async ValueTask<(TcpFrame Answer, bool Ends)> AnswerAsync(TcpFrame frame, CancellationToken cancellationToken) => frame switch
    {
        TcpFrame.PkiMsg message => await HandleAsync(message.Message.Memory, cancellationToken).ConfigureAwait(false),
        TcpFrame.PollReq { Reference: 0 } => (await AnnounceAsync(cancellationToken).ConfigureAwait(false), false),
        TcpFrame.PollReq poll => waiting.Find(client.Name, poll.Reference) is { } request
            ? await HandleAsync(request, cancellationToken).ConfigureAwait(false)
            : (new TcpFrame.ErrorMsgRep($"Nothing waits under reference {poll.Reference}. Send the request again."), false),
        _ => (new TcpFrame.ErrorMsgRep($"A client sends pkiMsg or pollReq, not flag {(byte)frame.Flag:X2}."), true),
    };

    private async ValueTask<(TcpFrame Answer, bool Ends)> HandleAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        // TLS 1.3 with both sides authenticated gives all three services.
        var result = await party.HandleAsync(new DeliveredMessage(request, SecurityServices.All, client), cancellationToken).ConfigureAwait(false);
        if (result is HandlingResult.Waiting pending)
            return (new TcpFrame.PartialMsgRep(waiting.Add(client.Name, request), Seconds(pending.NotBefore), pending.Message), false);

        waiting.Remove(client.Name, request);
        return result switch
        {
            HandlingResult.Answer answer => (new TcpFrame.FinalMsgRep(answer.Message), false),
            HandlingResult.Refused refused => (new TcpFrame.ErrorMsgRep(refused.Text), true),
            _ => (new TcpFrame.NegPollRep(), false),
        };
    }

    private async ValueTask<TcpFrame> AnnounceAsync(CancellationToken cancellationToken)
    {
        _announced = await party.NextAnnouncementAsync(client, SecurityServices.All, _announced, cancellationToken).ConfigureAwait(false);
        return _announced is { } octets ? new TcpFrame.FinalMsgRep(octets) : new TcpFrame.NegPollRep();
    }

    private static uint Seconds(DateTimeOffset time) => (uint)Math.Clamp(time.ToUnixTimeSeconds(), uint.MinValue, uint.MaxValue);
}
