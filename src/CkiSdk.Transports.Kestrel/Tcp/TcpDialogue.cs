using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Decides which frame answers a frame of one connection, without I/O (CKI profile section 7).</summary>
/// <param name="party">The party that handles messages.</param>
/// <param name="waiting">The waiting requests of all connections.</param>
/// <param name="client">The client of this connection.</param>
/// <param name="services">The services that messages have on it.</param>
/// <param name="bound">What messages go through where the connection was bound; null for none.</param>
/// <param name="findRefusal">Finds out why the client is accepted no more, for each of its messages; null if it is.</param>
internal sealed class TcpDialogue(
    IMessageHandler party, WaitingRequests waiting, Peer client, SecurityServices services, BoundConnection? bound = null, Func<string?>? findRefusal = null) : ITcpDialogue
{
    private ReadOnlyMemory<byte>? _announced;

    /// <inheritdoc/>
    public bool IsOpen => true;

    /// <inheritdoc/>
    public async ValueTask<(TcpFrame Answer, bool Ends)> AnswerAsync(TcpFrame frame, CancellationToken cancellationToken) => frame switch
    {
        _ when findRefusal?.Invoke() is not null => (new TcpFrame.ErrorMsgRep("You are accepted no more. Connect anew."), true),
        TcpFrame.PkiMsg message => await ReceiveAsync(message.Message.Memory, cancellationToken).ConfigureAwait(false),
        TcpFrame.PollReq { Reference: 0 } => (await AnnounceAsync(cancellationToken).ConfigureAwait(false), false),
        TcpFrame.PollReq poll => waiting.Find(client.Name, poll.Reference) is { } request
            ? await HandleAsync(request, cancellationToken).ConfigureAwait(false)
            : (new TcpFrame.ErrorMsgRep($"Nothing waits under reference {poll.Reference}. Send the request again."), false),
        _ => (new TcpFrame.ErrorMsgRep($"A client sends pkiMsg or pollReq, not flag {(byte)frame.Flag:X2}."), true),
    };

    private async ValueTask<(TcpFrame Answer, bool Ends)> ReceiveAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        try
        {
            return await HandleAsync(bound is null ? octets : bound.Receive(octets), cancellationToken).ConfigureAwait(false);
        }
        catch (CkiProtocolException exception) when (bound is not null)
        {
            return (new TcpFrame.ErrorMsgRep(exception.Message), true);
        }
    }

    private async ValueTask<(TcpFrame Answer, bool Ends)> HandleAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var result = await party.HandleAsync(new DeliveredMessage(request, services, client), cancellationToken).ConfigureAwait(false);
        if (result is HandlingResult.Waiting pending)
            return (new TcpFrame.PartialMsgRep(waiting.Add(client.Name, request), Seconds(pending.NotBefore), Send(pending.Message)), false);

        waiting.Remove(client.Name, request);
        return result switch
        {
            HandlingResult.Answer answer => (new TcpFrame.FinalMsgRep(Send(answer.Message)), false),
            HandlingResult.Refused refused => (new TcpFrame.ErrorMsgRep(refused.Text), true),
            _ => (new TcpFrame.NegPollRep(), false),
        };
    }

    private async ValueTask<TcpFrame> AnnounceAsync(CancellationToken cancellationToken)
    {
        _announced = await party.NextAnnouncementAsync(client, services, _announced, cancellationToken).ConfigureAwait(false);
        return _announced is { } octets ? new TcpFrame.FinalMsgRep(Send(octets)) : new TcpFrame.NegPollRep();
    }

    private ReadOnlyMemory<byte> Send(ReadOnlyMemory<byte> message) => bound is null ? message : bound.Send(message);

    private static uint Seconds(DateTimeOffset time) => (uint)Math.Clamp(time.ToUnixTimeSeconds(), uint.MinValue, uint.MaxValue);
}
