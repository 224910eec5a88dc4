using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using CkiSdk.Crypto;

namespace CkiSdk.Transports.Ftp;

/// <summary>Is one control connection to an FTP server, with data connections as they are needed. One operation at a time; after a failure it is of no more use.</summary>
internal sealed partial class FtpConnection : IAsyncDisposable
{
    private readonly FtpOptions _options;
    private readonly FtpTls? _tls;
    private readonly Socket _socket;
    private Stream _stream;
    private PipeReader _reader;
    private bool _hasExtendedPassive = true;

    private FtpConnection(FtpOptions options, Socket socket)
    {
        (_options, _socket, _stream) = (options, socket, new NetworkStream(socket, ownsSocket: true));
        _tls = options.UseTls ? new FtpTls(options) : null;
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
    }

    /// <summary>Gets when it was used last, by the options' clock.</summary>
    public long UsedAt { get; set; }

    /// <summary>Gets whether it is of no more use.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="FtpException">The server cannot be reached, is another one, or refuses.</exception>
    public static async Task<FtpConnection> OpenAsync(FtpOptions options, CancellationToken cancellationToken)
    {
        var connection = new FtpConnection(options, await ConnectAsync(options.Host, options.Port, cancellationToken).ConfigureAwait(false));
        try
        {
            await connection.LogInAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a command and reads the reply, the last one where some are preliminary.</summary>
    public async Task<FtpReply> SendAsync(string command, CancellationToken cancellationToken)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(command), cancellationToken).ConfigureAwait(false);
        return await FinalReplyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        HasEnded = true;
        await _reader.CompleteAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _socket.Dispose();
    }

    private static async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw exception is SocketException ? new FtpException($"{host}:{port} cannot be reached: {exception.Message}", exception) : exception;
        }
    }

    private async Task LogInAsync(CancellationToken cancellationToken)
    {
        Require(await FinalReplyAsync(cancellationToken).ConfigureAwait(false), "the greeting", reply => reply.IsDone);
        if (_tls is not null)
        {
            Require(await SendAsync("AUTH TLS", cancellationToken).ConfigureAwait(false), "AUTH TLS", reply => reply.Code is 234 or 334);

            // What came in plain behind the reply was never protected.
            if (_reader.TryRead(out var early) && early.Buffer.Length > 0) throw new FtpException($"{_options.Host} sent something before TLS had begun.");
            await _reader.CompleteAsync().ConfigureAwait(false);
            _stream = await _tls.ProtectAsync(_stream, cancellationToken).ConfigureAwait(false);
            _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
            Require(await SendAsync("PBSZ 0", cancellationToken).ConfigureAwait(false), "PBSZ", reply => reply.IsDone);
            Require(await SendAsync("PROT P", cancellationToken).ConfigureAwait(false), "PROT P", reply => reply.IsDone);
        }

        var reply = await SendAsync($"USER {_options.User}", cancellationToken).ConfigureAwait(false);
        if (reply.NeedsMore)
        {
            using var password = _options.Password is { } read ? await read(cancellationToken).ConfigureAwait(false) : Secret.From([]);
            using var command = Secret.From([.. "PASS "u8, .. password.Span]);
            await WriteAsync(command.Memory, cancellationToken).ConfigureAwait(false);
            reply = await FinalReplyAsync(cancellationToken).ConfigureAwait(false);
        }

        Require(reply, $"the login of {_options.User}", found => found.IsDone);
        Require(await SendAsync("TYPE I", cancellationToken).ConfigureAwait(false), "TYPE I", found => found.IsDone);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        // Nobody's name or password is a second command.
        if (command.Span.IndexOfAnyInRange((byte)0, (byte)0x1f) >= 0) throw new FtpException("A name or password with control characters cannot be sent to an FTP server.");
        using var line = Secret.From([.. command.Span, (byte)'\r', (byte)'\n']);
        await _stream.WriteAsync(line.Memory, cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<FtpReply> FinalReplyAsync(CancellationToken cancellationToken)
    {
        for (var count = 0; count < 10; count++)
        {
            var reply = await ReplyAsync(cancellationToken).ConfigureAwait(false);
            if (!reply.IsPreliminary) return reply;
        }

        throw new FtpException($"{_options.Host} sends preliminary replies without an end.");
    }

    private async Task<FtpReply> ReplyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var received = read.Buffer;
            var status = FtpReplies.Read(ref received, out var reply);
            _reader.AdvanceTo(received.Start, status == FtpReplyStatus.Reply ? received.Start : received.End);
            if (status == FtpReplyStatus.Violation) throw new FtpException($"{_options.Host} does not speak FTP: its reply cannot be read.");
            if (status == FtpReplyStatus.NeedMore && read.IsCompleted) throw new FtpException($"{_options.Host} ended the connection.");
            if (reply is { Code: 421 }) throw new FtpException($"{_options.Host} ends the connection: {reply.Text}");
            if (reply is not null) return reply;
        }
    }

    private FtpReply Require(FtpReply reply, string what, Func<FtpReply, bool> isGood) =>
        isGood(reply) ? reply : throw new FtpException($"{_options.Host} refuses {what}: {reply.Code} {reply.Text}");
}
