using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.TestSupport.Wires;

namespace CkiSdk.TestSupport;

/// <summary>Is a real FTP server, vsftpd, as an unprivileged process on a loopback port; users are anonymous, and must know a password.</summary>
public sealed class VsftpdServer : IAsyncDisposable
{
    /// <summary>The password of everybody.</summary>
    public const string Password = "open sesame";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private const int PassivePortCount = 100;
    private const int AddressCount = 60;
    private static int _network = Environment.ProcessId;

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    private VsftpdServer(bool useTls) => UseTls = useTls;

    /// <summary>Gets addresses of this machine that nobody else uses and that the server's certificate names, too: for what stands between clients and the server.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; } = NewAddresses();

    /// <summary>Gets the first of its ports for data connections.</summary>
    public int FirstPassivePort { get; } = FreePorts.Next(PassivePortCount);

    /// <summary>Gets whether it wants TLS for everything.</summary>
    public bool UseTls { get; }

    /// <summary>Gets its port.</summary>
    public int Port { get; private set; }

    /// <summary>Gets the file with the certificate of the authority that has certified it.</summary>
    public string AuthorityFile => _folder.PathOf("authority.pem");

    /// <summary>Gets the file with the password.</summary>
    public string PasswordFile => _folder.PathOf("passwords");

    /// <summary>Starts it.</summary>
    public static async Task<VsftpdServer> StartAsync(bool useTls = false)
    {
        var server = new VsftpdServer(useTls);
        Directory.CreateDirectory(server._folder.PathOf("root/pub"));
        Directory.CreateDirectory(server._folder.PathOf("empty"));
        await File.WriteAllTextAsync(server.PasswordFile, Password + "\n");
        if (useTls) server.WriteCertificates();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Gives the path of a name in the folder into which all may write: <c>pub</c> of the server.</summary>
    public string PathOf(string name) => _folder.PathOf($"root/pub/{name}");

    /// <summary>Makes a wire to it that takes data connections, too.</summary>
    /// <param name="number">Which one: clients connect to the address of that number.</param>
    public CuttingProxy Wire(int number) => new(
        [.. Enumerable.Range(FirstPassivePort, PassivePortCount).Prepend(Port).Select(port => (new IPEndPoint(Addresses[number], port), new IPEndPoint(IPAddress.Loopback, port)))]);

    /// <summary>Ends the process and all its connections at once.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it once more, at the port that it had.</summary>
    public async Task StartAgainAsync()
    {
        Port = Port == 0 ? FreePorts.Next() : Port;
        await File.WriteAllTextAsync(_folder.PathOf("vsftpd.conf"), Configuration());
        string[] command = ["/usr/sbin/vsftpd", _folder.PathOf("vsftpd.conf")];
        if (Environment.IsPrivilegedProcess)
        {
            ExternalProgram.RunOk("chown", ["-R", "nobody", _folder.FullPath]);
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. command];
        }

        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        for (var clock = Stopwatch.StartNew(); !await AnswersAsync();)
        {
            if (_process.HasExited || clock.Elapsed > LongestWait)
                throw new InvalidOperationException($"vsftpd does not answer: {(_process.HasExited ? await _process.StandardOutput.ReadToEndAsync() + await _process.StandardError.ReadToEndAsync() : "it runs")}. eng/test.sh installs it.");
            await Task.Delay(20);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return await client.GetStream().ReadAsync(new byte[1]) == 1;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private string Configuration() => string.Create(CultureInfo.InvariantCulture, $"""
        listen=YES
        listen_address=127.0.0.1
        listen_port={Port}
        background=NO
        run_as_launching_user=YES
        anonymous_enable=YES
        local_enable=NO
        secure_email_list_enable=YES
        email_password_file={PasswordFile}
        anon_root={_folder.PathOf("root")}
        write_enable=YES
        anon_upload_enable=YES
        anon_mkdir_write_enable=YES
        anon_other_write_enable=YES
        anon_umask=000
        file_open_mode=0666
        anon_world_readable_only=NO
        force_dot_files=YES
        secure_chroot_dir={_folder.PathOf("empty")}
        pasv_address=127.0.0.1
        pasv_min_port={FirstPassivePort}
        pasv_max_port={FirstPassivePort + PassivePortCount - 1}
        seccomp_sandbox=NO
        max_clients=200
        ssl_enable={(UseTls ? "YES" : "NO")}
        allow_anon_ssl=YES
        force_anon_logins_ssl={(UseTls ? "YES" : "NO")}
        force_anon_data_ssl={(UseTls ? "YES" : "NO")}
        require_ssl_reuse=NO
        ssl_ciphers=HIGH
        rsa_cert_file={_folder.PathOf("server.pem")}
        rsa_private_key_file={_folder.PathOf("server.key")}

        """);

    private void WriteCertificates()
    {
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=FTP authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var key = RSA.Create(2048);
        request = new CertificateRequest("CN=FTP server", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        foreach (var address in Addresses) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(20), [1, 2, 3]);
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        File.WriteAllText(_folder.PathOf("server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.PathOf("server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static IPAddress[] NewAddresses()
    {
        var network = Interlocked.Increment(ref _network);
        return [.. Enumerable.Range(1, AddressCount).Select(number => new IPAddress([127, (byte)(1 + ((network >> 8) % 250)), (byte)network, (byte)number]))];
    }
}
