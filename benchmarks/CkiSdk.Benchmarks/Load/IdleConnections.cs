using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Binding;
using CkiSdk.Transports.Kestrel.Tcp;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Benchmarks.Load;

/// <summary>Opens many connections to a CMA from another process, over TLS, each bound (Part 2 §III.I), and tells what memory the CMA's process takes while they are idle.</summary>
internal static class IdleConnections
{
    /// <summary>The first argument of the process that opens the connections.</summary>
    public const string Command = "--idle-connections";

    /// <summary>The first argument of a process that measures nothing else; what else ran in it would count, too.</summary>
    public const string Apart = "--idle-memory";

    private const int AtOnce = 16;

    /// <summary>Serves, lets another process open the connections, and measures this one while they are idle.</summary>
    /// <returns>The resident memory of this process, the CMA with its store and all libraries, in octets: before there were connections, and with them.</returns>
    public static async Task<(long Before, long With)> Measure(LoadDomain domain, int count)
    {
        using var authority = LoadServer.CreateAuthority(domain.Now);
        using var own = LoadServer.Certify(authority, domain.Certificate.Subject.Encoded);
        var options = new TcpListenerOptions
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = own,
            Clients = null,
            Bind = domain.Cma.Binds,
            ConnectionsPerClient = count,
        };
        await using var listener = await TcpListenerHost.StartAsync(domain.Cma, options);
        var before = Resident();
        var folder = Directory.CreateTempSubdirectory("cki-idle-");
        try
        {
            var (certificate, key) = domain.IdentifyInFiles(0);
            foreach (var (name, octets) in new[] { ("tls", authority.RawData), ("authority", domain.Authority.Encoded.ToArray()), ("user", certificate), ("key", key) })
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), octets);
            using var other = Start(Command, folder.FullName, $"{listener.EndPoint.Port}", $"{count}", domain.Certificate.Subject.ToString());
            var line = await other.StandardOutput.ReadLineAsync();
            if (line != "open") throw new InvalidOperationException($"the connections were not opened: {line}");
            GC.Collect(2, GCCollectionMode.Aggressive);
            await Task.Delay(1000);
            var with = Resident();
            other.StandardInput.Close();
            await other.WaitForExitAsync();
            return (before, with);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Measures in a process of its own.</summary>
    /// <returns>The resident memory of the CMA's process with the connections, in octets.</returns>
    public static long MeasureApart(int count)
    {
        using var process = Start(Apart, $"{count}");
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(line, CultureInfo.InvariantCulture);
    }

    /// <summary>Is the process that measures.</summary>
    public static async Task<int> Measure(int count, TextWriter output)
    {
        using var domain = LoadDomain.Create();
        var (_, with) = await Measure(domain, count);
        await output.WriteLineAsync(with.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Is the other process: opens the connections, says so, and keeps them until its input ends.</summary>
    public static async Task<int> Open(string folder, int port, int count, string responder)
    {
        var provider = CryptoProviders.Software;
        using var octets = Secret.From(await File.ReadAllBytesAsync(Path.Combine(folder, "key")));
        var identity = new BindIdentity(Read(folder, "user"), await provider.Keys.ImportSigningKeyAsync(octets));
        var options = new TcpTransportOptions
        {
            Host = IPAddress.Loopback.ToString(),
            Port = port,
            Certificate = null,
            Server = LoadServer.Trust(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "tls"))),
            Bind = new BindOptions { Identity = identity, Responder = Pki.Names.DistinguishedName.Parse(responder), Anchors = [Read(folder, "authority")], Provider = provider },
            HandshakeTimeout = TimeSpan.FromMinutes(2),
        };
        var connections = Enumerable.Range(0, count).Select(_ => new TcpCkiTransport(options)).ToArray();
        await Parallel.ForEachAsync(connections, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (connection, token) => await connection.NextAnnouncementAsync(acknowledgesPrevious: false, token));
        Console.WriteLine("open");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static Certificate Read(string folder, string name) => Certificate.Decode(File.ReadAllBytes(Path.Combine(folder, name)));

    // The kernel's count; that of the runtime is a moment old.
    private static long Resident()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static Process Start(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] all = isHost ? [typeof(IdleConnections).Assembly.Location, .. arguments] : arguments;
        return Process.Start(new ProcessStartInfo(program, all) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
    }
}
