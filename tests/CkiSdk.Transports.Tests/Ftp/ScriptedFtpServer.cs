using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CkiSdk.Transports.Tests.Ftp;

/// <summary>Is an FTP server that does what a test says: it answers like a good one, except where the script has another reply, or null for the end of the connection.</summary>
internal sealed class ScriptedFtpServer : IAsyncDisposable
{
    private readonly TcpListener _control = new(IPAddress.Loopback, 0);
    private readonly TcpListener _data = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?, string?> _script;
    private readonly Task _serving;
    private readonly List<Task> _clients = [];
    private int _stored = 6;

    /// <summary>Starts it.</summary>
    /// <param name="script">Gives the reply by the command and what a good server would reply.</param>
    public ScriptedFtpServer(Func<string, string?, string?> script)
    {
        _script = script;
        _control.Start();
        _data.Start();
        _serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_control.LocalEndpoint).Port;

    public int DataPort => ((IPEndPoint)_data.LocalEndpoint).Port;

    /// <summary>Gets what NLST lists.</summary>
    public string Listing { get; init; } = "";

    /// <summary>Gets what came.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _control.Stop();
        _data.Stop();
        await _serving;
        await Task.WhenAll(_clients);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _clients.Add(ServeAsync(await _control.AcceptTcpClientAsync()));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            if (!await SendAsync(client, "", "220 ready\r\n")) return;
            while (await reader.ReadLineAsync() is { } command)
            {
                Commands.Enqueue(command);
                var isTransfer = command.Split(' ')[0] is "NLST" or "RETR" or "STOR";
                if (!await SendAsync(client, command, isTransfer ? "150 here it comes\r\n" : Reply(command))) return;
                if (!isTransfer) continue;
                using (var data = await _data.AcceptTcpClientAsync())
                {
                    if (command.StartsWith("STOR", StringComparison.Ordinal)) _stored = await CountAsync(data.GetStream());
                    else await data.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command.StartsWith("NLST", StringComparison.Ordinal) ? Listing : "half a"));
                }

                if (!await SendAsync(client, $"after {command}", "226 done\r\n")) return;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The client or the test has ended it.
        }
    }

    private async Task<bool> SendAsync(TcpClient client, string command, string usual)
    {
        if (_script(command, usual) is not { } reply) return false;
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(reply));
        return true;
    }

    private static async Task<int> CountAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return (int)content.Length;
    }

    private string Reply(string command) => command.Split(' ')[0] switch
    {
        "USER" => "331 password\r\n",
        "PASS" => "230 in\r\n",
        "EPSV" => $"229 ok (|||{DataPort}|)\r\n",
        "PASV" => $"227 ok (10,1,2,3,{DataPort >> 8},{DataPort & 255})\r\n",
        "RNFR" => "350 to what\r\n",
        "SIZE" => $"213 {_stored}\r\n",
        _ => "250 ok\r\n",
    };
}
