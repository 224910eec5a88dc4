using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Transports.Tls;

namespace CkiSdk.Transports.Tcp;

/// <summary>Sends frames over one connection and gives each answer to the request that it belongs to, which is the oldest one.</summary>
internal sealed class TcpConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly TcpTransportOptions _options;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Queue<TaskCompletionSource<TcpFrame>> _unanswered = new();
    private readonly Lock _gate = new();
    private readonly Task _reading;
    private CkiTransportException? _failure;
    private BoundConnection? _bound;
    private bool _answered;

    public TcpConnection(Stream stream, Peer peer, SecurityServices services, TcpTransportOptions options)
    {
        _stream = stream;
        _options = options;
        Peer = peer;
        Services = services;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Gets the server as authenticated.</summary>
    public Peer Peer { get; private set; }

    /// <summary>Gets the services that messages have on the connection.</summary>
    public SecurityServices Services { get; }

    /// <summary>Gets what says whether the server is still accepted; null without TLS.</summary>
    public PeerStanding? Standing { get; init; }

    /// <summary>Gets whether requests can still be sent.</summary>
    public bool IsOpen => Volatile.Read(ref _failure) is null && Standing?.FindRefusal() is null;

    /// <summary>Sends a frame and waits for its answer.</summary>
    /// <remarks>A frame that is being written is written to its end, and an answer that nobody waits for any longer is dropped when it comes.</remarks>
    /// <exception cref="CkiTransportException">There was no answer.</exception>
    public async Task<TcpFrame> ExchangeAsync(TcpFrame request, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(request, cancellationToken).WaitAsync(_options.AnswerTimeout, _options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var fault = new CkiTransportException(CkiTransportFault.TimedOut, $"{Peer.Name} did not answer within {_options.AnswerTimeout}.");
            Fail(fault.Fault, fault.Message);
            throw fault;
        }
    }

    /// <summary>Lets all messages from now on go through a bind; nothing may be in flight.</summary>
    public void Bind(BoundConnection bound)
    {
        Peer = bound.Peer;
        Volatile.Write(ref _bound, bound);
    }

    /// <summary>Gives the connection up; what is in flight fails.</summary>
    public void Fail(CkiTransportFault fault, string message, Exception? cause = null)
    {
        TaskCompletionSource<TcpFrame>[] unanswered;
        lock (_gate)
        {
            if (_failure is not null) return;
            Volatile.Write(ref _failure, new CkiTransportException(fault, message, cause));
            unanswered = [.. _unanswered];
            _unanswered.Clear();
        }

        foreach (var waiting in unanswered) waiting.TrySetException(new CkiTransportException(fault, message, cause));
        _stream.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Fail(CkiTransportFault.Cut, "The transport was closed.");
        await _reading.ConfigureAwait(false);
    }

    private async Task<TcpFrame> SendAsync(TcpFrame request, CancellationToken cancellationToken)
    {
        var octets = new ArrayBufferWriter<byte>();
        var answer = new TaskCompletionSource<TcpFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A bind numbers messages in the order in which they are written.
            TcpFraming.Write(_bound is { } bound && request is TcpFrame.PkiMsg message ? new TcpFrame.PkiMsg(bound.Send(message.Message.Memory)) : request, octets);
            lock (_gate)
            {
                if (_failure is not null) throw new CkiTransportException(_failure.Fault, _failure.Message, _failure.InnerException);
                _unanswered.Enqueue(answer);
            }

            await _stream.WriteAsync(octets.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The reading side may know better: an alert, for instance, that says the certificate is not accepted.
            _ = _reading.ContinueWith(_ => Fail(CkiTransportFault.Cut, $"The connection to {Peer.Name} was cut.", exception), TaskScheduler.Default);
        }
        finally
        {
            _writing.Release();
        }

        return await answer.Task.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        var reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                var received = result.Buffer;
                if (!TakeFrames(ref received)) return;
                if (result.IsCompleted)
                {
                    Fail(CkiTransportFault.Cut, $"{Peer.Name} closed the connection{DescribeEnd(received)}.");
                    return;
                }

                reader.AdvanceTo(received.Start, received.End);
            }
        }
        catch (CkiProtocolException exception)
        {
            Fail(CkiTransportFault.Violation, $"{Peer.Name} broke the bind: {exception.Message}", exception);
        }
        catch (Exception exception)
        {
            Fail(FaultOf(exception), $"The connection to {Peer.Name} was cut: {exception.Message}", exception);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private bool TakeFrames(ref ReadOnlySequence<byte> received)
    {
        TcpFrameStatus status;
        while ((status = TcpFraming.Read(ref received, _options.FrameLimit, out var frame, out var violation)) != TcpFrameStatus.NeedMore)
        {
            if (status == TcpFrameStatus.Violation)
            {
                Fail(CkiTransportFault.Violation, $"{Peer.Name} sent no frame: {violation}");
                return false;
            }

            TaskCompletionSource<TcpFrame>? oldest;
            lock (_gate) _unanswered.TryDequeue(out oldest);
            if (oldest is null)
            {
                Fail(CkiTransportFault.Violation, $"{Peer.Name} sent a {frame!.Flag} that answers nothing.");
                return false;
            }

            _answered = true;
            oldest.TrySetResult(Unbound(frame!));
        }

        return true;
    }

    private TcpFrame Unbound(TcpFrame frame) => (Volatile.Read(ref _bound), frame) switch
    {
        ({ } bound, TcpFrame.FinalMsgRep final) => new TcpFrame.FinalMsgRep(bound.Receive(final.Message.Memory)),
        ({ } bound, TcpFrame.PartialMsgRep partial) => partial with { Message = bound.Receive(partial.Message.Memory) },
        _ => frame,
    };

    private string DescribeEnd(in ReadOnlySequence<byte> received)
    {
        if (!received.IsEmpty) return " in the middle of a frame";
        return _answered ? "" : " before its first answer; perhaps it does not accept the certificate of this side";
    }

    // Under TLS 1.3 a server refuses the client's certificate after the client has finished the handshake. If it says so by an alert,
    // that shows on reading, as an error that is not the socket's.
    private CkiTransportFault FaultOf(Exception exception) =>
        !_answered && exception is IOException { InnerException: not (null or SocketException) } ? CkiTransportFault.NotAuthenticated : CkiTransportFault.Cut;
}
