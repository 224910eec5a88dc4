using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CkiSdk.TestSupport.Mail;

/// <summary>Runs real mail servers on loopback for tests: Exim takes mail, Dovecot keeps it. They belong to an ordinary user, live in a folder of their own and end with the tests, however these end.</summary>
/// <remarks>Every address at <see cref="Domain"/> has a mailbox with the password <see cref="Password"/>, except <c>nobody</c>, which is refused at once, and <c>gone</c>, whose mail comes back.</remarks>
public sealed class MailSystem : IAsyncDisposable
{
    /// <summary>The domain of all addresses.</summary>
    public const string Domain = "cki.test";

    /// <summary>The password of every user.</summary>
    public const string Password = "correct-horse";

    // A program that ends when what starts it closes its input, or is no more.
    private const string Leash = "\"$@\" </dev/null >>started.log 2>&1 & child=$!; cat >/dev/null; kill -TERM $child 2>/dev/null; wait $child";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static int _addresses;

    private readonly string _folder;
    private readonly List<Process> _processes = [];

    private MailSystem(string folder) => _folder = folder;

    /// <summary>Gets the host at which IMAP is offered without IDLE, at the same ports.</summary>
    public static string HostWithoutIdle => MailConfiguration.WithoutIdle.ToString();

    /// <summary>Gets the port for SMTP with STARTTLS.</summary>
    public int Smtp { get; } = FreePorts.Next();

    /// <summary>Gets the port for SMTP over TLS.</summary>
    public int Smtps { get; } = FreePorts.Next();

    /// <summary>Gets the port for IMAP with STARTTLS.</summary>
    public int Imap { get; } = FreePorts.Next();

    /// <summary>Gets the port for IMAP over TLS.</summary>
    public int Imaps { get; } = FreePorts.Next();

    /// <summary>Gets the port for POP3 with STARTTLS.</summary>
    public int Pop3 { get; } = FreePorts.Next();

    /// <summary>Gets the port for POP3 over TLS.</summary>
    public int Pop3s { get; } = FreePorts.Next();

    /// <summary>Gets the file with the certificate of the authority that has certified the servers.</summary>
    public string AuthorityFile => Path.Combine(_folder, "authority.pem");

    /// <summary>Starts the servers and waits until they answer.</summary>
    /// <exception cref="InvalidOperationException">A server is not on the machine, or does not start; the text holds what it wrote.</exception>
    public static async Task<MailSystem> StartAsync()
    {
        foreach (var program in new[] { MailConfiguration.Exim, MailConfiguration.Dovecot, MailConfiguration.Imap, MailConfiguration.Pop3, MailConfiguration.Lmtp })
        {
            if (!File.Exists(program)) throw new InvalidOperationException($"{program} is not on this machine; eng/test.sh installs what the tests need.");
        }

        // Short, because the path of a socket has a limit, and open to the other user, which a folder for temporary files need not be.
        var system = new MailSystem(Directory.CreateDirectory($"/tmp/cki-mail-{Path.GetRandomFileName()}").FullName);
        try
        {
            MailConfiguration.Write(system, system._folder);
            system.Run(MailConfiguration.Dovecot, "-F", "-c", Path.Combine(system._folder, "dovecot.conf"));
            system.Run(MailConfiguration.Exim, "-C", Path.Combine(system._folder, "exim.conf"), "-bdf", "-q5s");
            await system.UntilItAnswersAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an address that nobody else has.</summary>
    /// <param name="name">What it begins with.</param>
    public static string NewAddress(string name) => $"{name}{Interlocked.Increment(ref _addresses).ToString(CultureInfo.InvariantCulture)}@{Domain}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }

        await DeleteAsync();
    }

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", [.. new[] { "-c", Leash, "sh", program }, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = _folder };
        if (MailConfiguration.Owner is { } owner)
        {
            start.FileName = "setpriv";
            foreach (var argument in new[] { "sh", $"--regid={owner.Group}", "--clear-groups", $"--reuid={owner.User}" }) start.ArgumentList.Insert(0, argument);
        }

        start.Environment["HOME"] = _folder;
        _processes.Add(Process.Start(start)!);
    }

    private async Task UntilItAnswersAsync()
    {
        var clock = Stopwatch.StartNew();
        foreach (var port in new[] { Smtp, Smtps, Imap, Imaps, Pop3, Pop3s })
        {
            while (!await IsOpenAsync(port))
            {
                if (clock.Elapsed > LongestStart || _processes.Exists(process => process.HasExited))
                    throw new InvalidOperationException($"The mail servers did not start: {MailConfiguration.Logs(_folder)}");
                await Task.Delay(50);
            }
        }

        while (!File.Exists(Path.Combine(_folder, "dovecot", "lmtp")) && clock.Elapsed < LongestStart) await Task.Delay(50);
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A delivery that goes on when the servers have ended may make a file yet.
    private async Task DeleteAsync()
    {
        for (var tries = 0; Directory.Exists(_folder); tries++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (IOException) when (tries < 20)
            {
                await Task.Delay(100);
            }
        }
    }
}
