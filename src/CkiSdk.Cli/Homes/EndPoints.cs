using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Homes;

/// <summary>Reads addresses with a port.</summary>
internal static class EndPoints
{
    /// <summary>Splits HOST:PORT; an IPv6 address stands in brackets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">Where it stands.</param>
    /// <exception cref="CommandException">It is none.</exception>
    public static (string Host, int Port) Parse(string text, string option) =>
        TryParse(text) ?? throw CommandException.Usage($"{option}: '{text}' is no host with a port, such as 127.0.0.1:829, cma.example:829 or [::1]:829.");

    /// <summary>Splits HOST:PORT; an IPv6 address stands in brackets. Null where it is none.</summary>
    /// <param name="text">The text.</param>
    public static (string Host, int Port)? TryParse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon > 0 && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue)
        {
            var host = text[..colon];
            var isBracketed = host is ['[', .., ']'];
            host = isBracketed ? host[1..^1] : host;
            if (isBracketed ? IPAddress.TryParse(host, out _) : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4)
            {
                return (host, port);
            }
        }

        return null;
    }

    /// <summary>Puts a port that is free now in the place of port 0, so that others can be told where a party listens before it does.</summary>
    /// <param name="text">HOST:PORT.</param>
    /// <param name="option">Where it stands.</param>
    /// <param name="cancellationToken">Stops the look-up of a name.</param>
    /// <exception cref="CommandException">It is no address with a port, or not one of this machine.</exception>
    public static async Task<string> SettleAsync(string text, string option, CancellationToken cancellationToken)
    {
        if (Parse(text, option).Port != 0)
        {
            return text;
        }

        try
        {
            using var probe = new TcpListener(await ResolveAsync(text, option, cancellationToken).ConfigureAwait(false));
            probe.Start();
            return $"{text[..text.LastIndexOf(':')]}:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }
        catch (SocketException exception)
        {
            throw new CommandException(ExitCodes.Transport, $"{option}: {text} cannot be listened at: {Failures.Sentence(exception.Message)}", exception);
        }
    }

    /// <summary>Finds the address to listen at.</summary>
    /// <param name="text">HOST:PORT.</param>
    /// <param name="option">Where it stands.</param>
    /// <param name="cancellationToken">Stops the look-up of a name.</param>
    /// <exception cref="CommandException">It is none, or the name is not known.</exception>
    public static async Task<IPEndPoint> ResolveAsync(string text, string option, CancellationToken cancellationToken)
    {
        var (host, port) = Parse(text, option);
        if (IPAddress.TryParse(host, out var address))
        {
            return new IPEndPoint(address, port);
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            return new IPEndPoint(found[0], port);
        }
        catch (SocketException exception)
        {
            throw new CommandException(ExitCodes.Transport, $"{option}: the host {host} is not known: {Failures.Sentence(exception.Message)}", exception);
        }
    }

    /// <summary>Listens at an address.</summary>
    /// <param name="text">HOST:PORT; port 0 is any free one.</param>
    /// <param name="option">Where it stands.</param>
    /// <param name="start">Starts what listens.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="CommandException">It is no address, or nobody can listen there.</exception>
    public static async Task<T> ListenAsync<T>(string text, string option, Func<IPEndPoint, Task<T>> start, CancellationToken cancellationToken)
    {
        var endPoint = await ResolveAsync(text, option, cancellationToken).ConfigureAwait(false);
        try
        {
            return await start(endPoint).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new CommandException(ExitCodes.Transport, $"Nobody can listen at {endPoint}: {Failures.Sentence(exception.GetBaseException().Message)} Name another address or port.", exception);
        }
    }
}
