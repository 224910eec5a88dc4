using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CkiSdk.Transports.Ftp;

/// <content>What is done with files.</content>
internal sealed partial class FtpConnection
{
    // The names of some hundred thousand files.
    private const int ListLimit = 8 << 20;

    /// <summary>Makes a folder; one that is there stays.</summary>
    public Task MakeFolderAsync(string path, CancellationToken cancellationToken) => SendAsync($"MKD {path}", cancellationToken);

    /// <summary>Lists the names of the files in a folder.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var octets = await ReceiveAsync($"NLST {path}", ListLimit, cancellationToken).ConfigureAwait(false);
        if (octets is { Length: > ListLimit }) throw new FtpException($"{path} on {_options.Host} holds too many files.");

        return octets is null ? [] : FtpListing.Read(octets);
    }

    /// <summary>Tells whether a file is there.</summary>
    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken)
    {
        var reply = await SendAsync($"SIZE {path}", cancellationToken).ConfigureAwait(false);
        return reply.IsUnknown
            ? (await ListAsync(path[..path.LastIndexOf('/')], cancellationToken).ConfigureAwait(false)).Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal)
            : !reply.IsNoFile && Require(reply, $"SIZE {path}", found => found.IsDone).IsDone;
    }

    /// <summary>Tells when a file was written; null where it is not there, or the server does not say.</summary>
    public async Task<DateTimeOffset?> WrittenAtAsync(string path, CancellationToken cancellationToken)
    {
        var reply = await SendAsync($"MDTM {path}", cancellationToken).ConfigureAwait(false);
        return reply.Code == 213 && reply.Text.Length >= 14 && DateTimeOffset.TryParseExact(reply.Text[..14], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    /// <summary>Reads a file, and one octet more than it may have where it is longer; null where it is not there.</summary>
    public Task<byte[]?> DownloadAsync(string path, int limit, CancellationToken cancellationToken) => ReceiveAsync($"RETR {path}", limit, cancellationToken);

    /// <summary>Writes a file, whole or with an exception.</summary>
    public async Task UploadAsync(string path, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        var data = await OpenDataAsync($"STOR {path}", cancellationToken).ConfigureAwait(false) ?? throw new FtpException($"{path} cannot be written on {_options.Host}.");
        await using (data)
        {
            await data.Stream.WriteAsync(octets, cancellationToken).ConfigureAwait(false);
            await data.EndAsync(cancellationToken).ConfigureAwait(false);
        }

        Require(await FinalReplyAsync(cancellationToken).ConfigureAwait(false), $"STOR {path}", reply => reply.IsDone);

        // A connection that was cut between can look like the end of the file.
        var size = await SendAsync($"SIZE {path}", cancellationToken).ConfigureAwait(false);
        if (size.Code == 213 && size.Text.Trim() != octets.Length.ToString(CultureInfo.InvariantCulture)) throw new FtpException($"{path} was not written whole on {_options.Host}.");
    }

    /// <summary>Gives a file another name, over another file; false where it is not there.</summary>
    public async Task<bool> RenameAsync(string from, string to, CancellationToken cancellationToken)
    {
        var reply = await SendAsync($"RNFR {from}", cancellationToken).ConfigureAwait(false);
        if (reply.IsNoFile) return false;
        Require(reply, $"RNFR {from}", found => found.NeedsMore);
        reply = await SendAsync($"RNTO {to}", cancellationToken).ConfigureAwait(false);

        // Between the two somebody else may have renamed it.
        return !reply.IsNoFile && Require(reply, $"RNTO {to}", found => found.IsDone).IsDone;
    }

    /// <summary>Deletes a file; one that is not there is none.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        var reply = await SendAsync($"DELE {path}", cancellationToken).ConfigureAwait(false);
        if (!reply.IsNoFile) Require(reply, $"DELE {path}", found => found.IsDone);
    }

    private async Task<byte[]?> ReceiveAsync(string command, int limit, CancellationToken cancellationToken)
    {
        if (await OpenDataAsync(command, cancellationToken).ConfigureAwait(false) is not { } data) return null;
        var received = new MemoryStream();
        await using (data)
        {
            var buffer = new byte[16 * 1024];
            while (received.Length <= limit && await data.Stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count) received.Write(buffer, 0, count);
        }

        if (received.Length > limit)
        {
            // The rest is not wanted, and what the server says to that is nobody's business: the connection ends here.
            await DisposeAsync().ConfigureAwait(false);
            return received.ToArray()[..(limit + 1)];
        }

        Require(await FinalReplyAsync(cancellationToken).ConfigureAwait(false), command, reply => reply.IsDone);
        return received.ToArray();
    }

    // Null where the server says that there is no such file.
    private async Task<FtpDataConnection?> OpenDataAsync(string command, CancellationToken cancellationToken)
    {
        // To the server itself, whatever host a reply names: nobody is made to connect elsewhere.
        var address = ((IPEndPoint)_socket.RemoteEndPoint!).Address;
        var socket = await ConnectAsync(address.ToString(), await PassivePortAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await WriteAsync(Encoding.UTF8.GetBytes(command), cancellationToken).ConfigureAwait(false);
            var reply = await ReplyAsync(cancellationToken).ConfigureAwait(false);
            if (!reply.IsNoFile)
            {
                Require(reply, command, found => found.IsPreliminary);
                return new FtpDataConnection(socket, _tls is null ? stream : await _tls.ProtectAsync(stream, cancellationToken).ConfigureAwait(false));
            }
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private async Task<int> PassivePortAsync(CancellationToken cancellationToken)
    {
        if (_hasExtendedPassive)
        {
            var extended = await SendAsync("EPSV", cancellationToken).ConfigureAwait(false);
            if (extended.IsDone) return FtpReplies.ExtendedPassivePort(extended) ?? throw new FtpException($"{_options.Host} names no port: {extended.Text}");
            _hasExtendedPassive = false;
        }

        var reply = Require(await SendAsync("PASV", cancellationToken).ConfigureAwait(false), "PASV", found => found.IsDone);
        return FtpReplies.PassivePort(reply) ?? throw new FtpException($"{_options.Host} names no port: {reply.Text}");
    }
}
