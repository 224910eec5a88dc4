using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CkiSdk.Pki.Exchange;
using SecureExchange;

// Two processes that have never met: alice starts bob. Each checks the other's certificate, each sends its own key, then 1,000 numbered messages go both ways.
const int Messages = 1000;
if (args is ["bob", var shared, var port])
{
    using var client = new TcpClient();
    await client.ConnectAsync(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
    var wire = new Wire(client.GetStream());
    using var channel = await (await Party.Open(shared, "bob")).Connect(wire, "alice");
    await Talk(wire, channel, "bob");
    await wire.Send(channel.Seal("one"u8));
    await wire.Send(channel.Seal("two"u8));
    return;
}

var folder = Directory.CreateTempSubdirectory("secure-exchange-");
try
{
    await Party.MakeFiles(folder.FullName);
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Party).Assembly.Location] : [];
    string[] bob = [.. self, "bob", folder.FullName, ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)];
    using var process = Process.Start(Environment.ProcessPath!, bob);
    using var client = await listener.AcceptTcpClientAsync();
    var wire = new Wire(client.GetStream());
    using var channel = await (await Party.Open(folder.FullName, "alice")).Connect(wire, "bob");
    await Talk(wire, channel, "alice");
    Console.WriteLine($"alice: {channel.Sent} messages sent, {channel.Received} received");

    // Somebody between them lets messages change places: the second arrives before the first.
    var (first, second) = (await wire.Receive(), await wire.Receive());
    Console.WriteLine($"alice: the second before the first: {(channel.Open(second, out var refusal) is null ? refusal : "taken")}");
    Console.WriteLine($"alice: the first, after that: {(channel.Open(first, out refusal) is null ? refusal : "taken")}");
    await process.WaitForExitAsync();
}
finally
{
    folder.Delete(recursive: true);
}

static async Task Talk(Wire wire, ExchangeChannel channel, string name)
{
    var sending = Task.Run(async () =>
    {
        for (var i = 0; i < Messages; i++)
            await wire.Send(channel.Seal(Encoding.UTF8.GetBytes($"{name} says {i}")));
    });
    for (var i = 0; i < Messages; i++)
    {
        using var message = channel.Open(await wire.Receive(), out var refusal) ?? throw new InvalidOperationException($"message {i} was refused: {refusal}");
    }

    await sending;
}
