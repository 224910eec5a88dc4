using System.Net;
using System.Net.Sockets;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Pki;

/// <summary>Opens the one connection of a secure exchange.</summary>
internal static class ExchangeConnection
{
    /// <summary>Waits for a peer, or connects to him.</summary>
    /// <param name="listen">The address to wait at; null to connect.</param>
    /// <param name="connect">The address to connect to; null to wait.</param>
    /// <param name="error">Where the address goes at which one waits.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="CommandException">Not exactly one address is named, or it is none.</exception>
    /// <exception cref="CkiTransportException">There is no connection.</exception>
    public static async Task<NetworkStream> OpenAsync(string? listen, string? connect, TextWriter error, CancellationToken cancellationToken)
    {
        if ((listen is null) == (connect is null))
        {
            throw CommandException.Usage("Name either --listen ADDRESS:PORT or --connect HOST:PORT.");
        }

        try
        {
            return listen is null ? await ConnectAsync(connect!, cancellationToken).ConfigureAwait(false) : await AcceptAsync(listen, error, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw new CkiTransportException($"No connection at {listen ?? connect}: {exception.Message}", exception);
        }
    }

    private static async Task<NetworkStream> AcceptAsync(string address, TextWriter error, CancellationToken cancellationToken)
    {
        if (!IPEndPoint.TryParse(address, out var endPoint) || !address.Contains(':', StringComparison.Ordinal))
        {
            throw CommandException.Usage($"--listen: '{address}' is no address with a port, such as 127.0.0.1:8830.");
        }

        using var listener = new TcpListener(endPoint);
        listener.Start(1);
        await error.WriteLineAsync($"cki: waiting at {listener.LocalEndpoint}").ConfigureAwait(false);
        var socket = await listener.AcceptSocketAsync(cancellationToken).ConfigureAwait(false);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<NetworkStream> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        var colon = address.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(address.AsSpan(colon + 1), out var port))
        {
            throw CommandException.Usage($"--connect: '{address}' is no host with a port, such as localhost:8830.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address[..colon].Trim('[', ']'), port, cancellationToken).ConfigureAwait(false);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
