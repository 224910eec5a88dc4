using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tcp;

/// <summary>Carries messages over TCP and TLS 1.3 with both sides authenticated by TLS or by a bind (CKI profile sections 6 and 7).</summary>
/// <remarks>
/// It connects on first use and again after the connection was cut. Several requests may be in flight; they are answered in order. When
/// an answer is waiting, the transport keeps the reference that came with it, and the same request asks under that reference.
/// </remarks>
public sealed class TcpCkiTransport : ICkiTransport
{
    // Forgetting a reference costs one repetition of the request; keeping each one for ever would cost memory.
    private const int MostReferences = 1024;

    // Characters of a refusal that are passed on.
    private const int MostWords = 1024;

    // Length and flag (RFC 2510 §5.2); the limit counts the flag.
    private const int FlagSize = 1;
    private readonly TcpTransportOptions _options;
    private readonly TcpDialer _dialer;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly ConcurrentDictionary<OctetString, (uint Number, TcpConnection? Bound)> _references = new();
    private TcpConnection? _connection;
    private (TcpConnection Connection, Task<TcpFrame> Answer)? _asked;
    private (TcpConnection Connection, DeliveredMessage Message)? _unacknowledged;
    private bool _closed;

    /// <summary>Creates the transport; nothing is connected yet.</summary>
    /// <param name="options">The configuration.</param>
    /// <exception cref="ArgumentException">The own certificate has no private key, or one side would not be authenticated at all.</exception>
    public TcpCkiTransport(TcpTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Certificate is { HasPrivateKey: false }) throw new ArgumentException("The own certificate has no private key.", nameof(options));
        if (options.Bind is null && (options.Certificate is null || options.Server is null))
            throw new ArgumentException("Without a bind TLS authenticates both sides: a certificate of the own and trust in the server's are needed.", nameof(options));
        if (options.Bind is not null && options.Certificate is not null)
            throw new ArgumentException("One way to show who one is, please: the certificate for TLS or the bind.", nameof(options));
        _options = options;
        _dialer = new TcpDialer(options);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transport is closed.</exception>
    public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        if (request.IsEmpty) throw new ArgumentException("The request is empty.", nameof(request));
        if (request.Length > _options.FrameLimit - FlagSize)
            throw new ArgumentException($"The request has {request.Length} octets; a frame carries at most {_options.FrameLimit - FlagSize}.", nameof(request));

        OctetString digest = SHA256.HashData(request.Span);
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);

        // On another bound connection the nonces of the one before say nothing; the request itself is sent again.
        if (_references.TryGetValue(digest, out var reference) && reference.Bound == (_options.Bind is null ? null : connection))
        {
            var polled = await connection.ExchangeAsync(new TcpFrame.PollReq(reference.Number), cancellationToken).ConfigureAwait(false);
            if (polled is not TcpFrame.ErrorMsgRep) return Read(polled, connection, digest);

            // The server has forgotten the reference, or answered before; it still knows the transaction.
            _references.TryRemove(digest, out _);
            connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }

        var answer = await connection.ExchangeAsync(new TcpFrame.PkiMsg(request), cancellationToken).ConfigureAwait(false);
        // A server closes after it has refused a message; what is still in flight will find no answer there.
        if (answer is TcpFrame.ErrorMsgRep) connection.Fail(CkiTransportFault.Cut, $"{connection.Peer.Name} refused a message on the same connection.");
        return Read(answer, connection, digest);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transport is closed.</exception>
    public async ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default)
    {
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            // On the same connection the next pollReq acknowledges, so what is not to be acknowledged is returned from here.
            if (!acknowledgesPrevious && _unacknowledged is { } held && held.Connection == connection) return held.Message;

            // A wait that was cancelled left its question behind: a second one would acknowledge an announcement that nobody has seen.
            if (_asked is not { } asked || asked.Connection != connection)
                _asked = asked = (connection, connection.ExchangeAsync(new TcpFrame.PollReq(0), CancellationToken.None));
            var frame = await asked.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
            _asked = null;
            var message = ReadAnnouncement(frame, connection);
            _unacknowledged = message is null ? null : (connection, message);
            return message;
        }
        catch (CkiTransportException)
        {
            _asked = null;
            throw;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            _closed = true;
            if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
            _connection = null;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async ValueTask<TcpConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_connection is { IsOpen: true }) return _connection;
            if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
            _connection = null;
            return _connection = await _dialer.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private TransportAnswer Read(TcpFrame frame, TcpConnection connection, OctetString digest)
    {
        var answer = new TransportAnswer { Services = connection.Services, Peer = connection.Peer };
        switch (frame)
        {
            case TcpFrame.FinalMsgRep final:
                _references.TryRemove(digest, out _);
                return answer with { Message = final.Message.Memory };
            case TcpFrame.PartialMsgRep partial:
                Remember(digest, partial.Reference, connection);
                return answer with { Message = partial.Message.Memory, CheckBack = DateTimeOffset.FromUnixTimeSeconds(partial.CheckBack) };
            case TcpFrame.PollRep poll:
                Remember(digest, poll.Reference, connection);
                return answer with { CheckBack = DateTimeOffset.FromUnixTimeSeconds(poll.CheckBack) };
            case TcpFrame.NegPollRep:
                return answer;
            case TcpFrame.ErrorMsgRep error:
                return answer with { Refusal = Printable(error.Text) };
            default:
                throw Violation(frame, connection);
        }
    }

    private static DeliveredMessage? ReadAnnouncement(TcpFrame frame, TcpConnection connection) => frame switch
    {
        TcpFrame.FinalMsgRep final => new DeliveredMessage(final.Message.Memory, connection.Services, connection.Peer),
        TcpFrame.NegPollRep => null,
        TcpFrame.ErrorMsgRep error => throw new CkiTransportException(CkiTransportFault.Violation, $"{connection.Peer.Name} has no announcements to give: {Printable(error.Text)}"),
        _ => throw Violation(frame, connection),
    };

    private static CkiTransportException Violation(TcpFrame frame, TcpConnection connection)
    {
        var message = $"{connection.Peer.Name} answered by a {frame.Flag}.";
        connection.Fail(CkiTransportFault.Violation, message);
        return new CkiTransportException(CkiTransportFault.Violation, message);
    }

    // The words come from elsewhere and go to terminals and logs: no controls, no ends of lines, no other direction, and not a megabyte.
    internal static string Printable(string text) => string.Concat(text.Take(MostWords).Select(character => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : character));

    private void Remember(OctetString digest, uint reference, TcpConnection connection)
    {
        if (_references.Count >= MostReferences) _references.Clear();
        _references[digest] = (reference, _options.Bind is null ? null : connection);
    }
}
