using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.Storage.Sqlite;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Backs a CMA up while it serves, restores it elsewhere, and lets the restored one serve: nothing of the backup is lost, no number is given again, and damaged backups restore nothing.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File_ => _folder.PathOf("a.tar");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backup_OfACmaThatServes_IsRestored_AndServes()
    {
        using var domain = await TestDomain.CreateAsync();
        var before = new LoadClient();
        var client = new LoadClient();
        JsonElement made;
        await using (var cma = await CmaProcess.StartAsync(domain.Path))
        {
            // Some certificates before the backup, which must be in it, and load during and after it.
            await using (var transport = domain.Connect(cma.EndPoint, domain.A1))
            {
                for (var i = 0; i < 20; i++)
                {
                    var request = TestDomain.Request(TestDomain.A1Name).Encode();
                    before.Answers.Add((request, await LoadClient.AskAsync(transport, request)));
                }
            }

            var load = client.RunAsync(domain.Connect(cma.EndPoint, domain.A1));
            while (client.Answers.Count < 20) await Task.Delay(10, Cancel);
            made = await TwoDomains.Json("backup", "--home", domain.Path, "--out", File_);
            var count = client.Answers.Count;
            while (client.Answers.Count < count + 20) await Task.Delay(10, Cancel);
            await cma.KillAsync();
            await load;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File_));
        Assert.InRange(made.GetProperty("certificates").GetInt64(), 40, 20 + client.Answers.Count);
        var home = _folder.PathOf("restored");
        var restored = await TwoDomains.Json("restore", "--in", File_, "--home", home, "--key-file", domain.Home.PathOf("home.key"));
        Assert.Equal(made.GetProperty("auditHead").GetString(), restored.GetProperty("auditHead").GetString());
        await AssertGoesOnAsync(home, made.GetProperty("auditHead").GetString()!);

        await using (var cma = await CmaProcess.StartAsync(home))
        {
            await using var transport = domain.Connect(cma.EndPoint, domain.A1);
            foreach (var (request, body) in before.Answers) Assert.Equal(body, await LoadClient.AskAsync(transport, request));

            // The store has forgotten what was issued after the backup, and gives none of those numbers again.
            var known = before.Answers.Concat(client.Answers).Select(answer => LoadClient.Granted(answer.Body).SerialNumber).ToHashSet();
            for (var i = 0; i < 200; i++) Assert.True(known.Add(LoadClient.Granted(await LoadClient.AskAsync(transport, TestDomain.Request(TestDomain.A1Name).Encode())).SerialNumber));
            Assert.Equal(0, await cma.StopAsync());
        }
    }

    [Fact]
    public async Task Crls_GoOn_AboveAllThatWasIssued_AfterTheBackup()
    {
        using var domain = await TestDomain.CreateAsync();
        await TwoDomains.Ok("backup", "--home", domain.Path, "--out", File_);
        await using (var host = await domain.OpenAsync())
        {
            for (var i = 0; i < 3; i++)
            {
                await host.Authority.Administration.RevokeAsync(TestDomain.A1Name, RevokeUserReason.Unspecified, Cancel);
                await host.Authority.Administration.RestoreAsync(TestDomain.A1Name, Cancel);
            }
        }

        var issued = await NumbersAsync(domain.Path);
        var home = _folder.PathOf("restored");
        await TwoDomains.Ok("restore", "--in", File_, "--home", home, "--key-file", domain.Home.PathOf("home.key"));
        await using (var host = await CmaHost.OpenAsync(Home.Open(home), new HostSettings(new WarningLog(TextWriter.Null)), Cancel)) await host.MaintainAsync(Cancel);
        Assert.True((await NumbersAsync(home)).Min() > issued.Max());
    }

    [Fact]
    public async Task Backup_Holds_WhoseCertificatesCount_AndTheCardsOfOthers()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await domains.StartAsync("top", "a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.StopAsync("a");
        var (home, restored) = (domains.PathOf("a"), domains.PathOf("restored"));
        await TwoDomains.Ok("backup", "--home", home, "--out", File_);
        await TwoDomains.Ok("restore", "--in", File_, "--home", restored, "--key-file", Path.Combine(home, "home.key"));
        Assert.Equal(await StateAsync(home), await StateAsync(restored));
        Assert.Equal(await PeersAsync(home), await PeersAsync(restored));

        // All but the keys, which are no longer issued under.
        static async Task<IEnumerable<string>> PeersAsync(string home) =>
            (await TwoDomains.Ok("cma", "peer", "list", "--home", home)).Split('\n').Select(line => line.Split("  key until ")[0].Split("  no key")[0]);

        static async Task<string> StateAsync(string home)
        {
            await using var store = await SqliteCmaStore.OpenAsync(Path.Combine(home, "store.sqlite"), TimeProvider.System, Cancel);
            var user = Assert.Single(await store.ListUsersAsync(Cancel));
            Assert.False(user.AuthenticationCertificate.IsEmpty);
            var cards = await store.ListCardsAsync(Cancel);
            Assert.Equal(3, cards.Count); // the TLCMA, the other CMA, and the own one
            return string.Join('\n', cards.Select(card => $"{card.CanonicalName} {card.Route} {Convert.ToHexString(card.Content.Span)}").Append(Convert.ToHexString(user.AuthenticationCertificate.Span)));
        }
    }

    [Fact]
    public async Task Backup_Holds_NoKeyInTheClear_AndNotTheKeyOfTheHome()
    {
        using var domain = await TestDomain.CreateAsync();
        await TwoDomains.Ok("cma", "user", "add", "--home", domain.Path, "--name", "CN=A3,O=Domain A,C=GB", "--out", _folder.PathOf("a3.json"));
        await TwoDomains.Ok("backup", "--home", domain.Path, "--out", File_);
        var names = await NamesAsync(File_);
        Assert.Equal("backup.json", names[0]);
        Assert.Contains("store.sqlite", names);
        Assert.Contains("cma.key", names);
        Assert.DoesNotContain("home.key", names);
        var octets = await File.ReadAllTextAsync(File_, System.Text.Encoding.Latin1, Cancel);
        Assert.DoesNotContain("BEGIN PRIVATE KEY", octets, StringComparison.Ordinal);
        Assert.DoesNotContain((await File.ReadAllTextAsync(domain.Home.PathOf("home.key"), Cancel)).Trim(), octets, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_Holds_WhatIsTheHomesByItsName_AndNothingElse()
    {
        using var domain = await TestDomain.CreateAsync();
        await TwoDomains.Ok("cma", "renew", "--home", domain.Path, "--what", "encryption");
        await TwoDomains.Ok("cma", "renew", "--home", domain.Path, "--in-days", "30");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = await File.ReadAllTextAsync(domain.Home.PathOf("cma.pem"), Cancel);
        var encrypted = await File.ReadAllTextAsync(domain.Home.PathOf("tls.key"), Cancel);
        var mail = """{"version":1,"address":"a@b","outgoing":{"host":"h"},"incoming":{"host":"i"},"passwordFile":"mail.json.secret","authorities":"servers.pem"}""";
        (string Name, string Text)[] own =
        [
            ("settings.json", "{}"), ("mail.json", mail), ("servers.pem", certificate), ("card-next.json", "{}"), ("cma-next.pem", certificate), ("cma-next.key", encrypted),
            ("tls-next.key", encrypted), ("users/0011223344556677.pem", certificate), ("peers/0011223344556677.json", "{}"), ("peers/0011223344556677.route", "a:1"),
        ];
        (string Name, string Text)[] foreign =
        [
            ("ssh.pem", "foreign barley"), ("notes.json", "foreign barley"), ("combined.pem", $"{certificate}\n{key.ExportPkcs8PrivateKeyPem()}"), ("mine.key", encrypted),
            ("cma-4.pem", certificate), ("state.json", "{}"), ("mail.json.secret", "foreign barley"), ("users/notes.json", "foreign barley"), ("peers/mine.key", encrypted),
        ];
        foreach (var folder in new[] { "users", "peers" }) Directory.CreateDirectory(domain.Home.PathOf(folder));
        foreach (var (name, text) in own.Concat(foreign)) await File.WriteAllTextAsync(domain.Home.PathOf(name), text, Cancel);
        await TwoDomains.Ok("backup", "--home", domain.Path, "--out", File_);
        string[] pairs = ["authority", "cma", "cma-2", "encryption", "encryption-former", "tls"];
        string[] expected = ["backup.json", "store.sqlite", "home.json", "card.json", .. pairs.SelectMany(pair => new[] { $"{pair}.pem", $"{pair}.key" }), .. own.Select(file => file.Name)];
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await NamesAsync(File_)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("foreign barley", await File.ReadAllTextAsync(File_, System.Text.Encoding.Latin1, Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRIVATE KEY")]
    [InlineData("EC PRIVATE KEY")]
    [InlineData("DSA PRIVATE KEY")]
    [InlineData("OPENSSH PRIVATE KEY")]
    public async Task AKeyInTheClear_BehindSomethingElse_StaysInTheHome(string label)
    {
        using var domain = await TestDomain.CreateAsync();
        var secret = PemEncoding.WriteString(label, RandomNumberGenerator.GetBytes(40));
        foreach (var name in new[] { "encryption-former.pem", "encryption-former.key" })
        {
            var before = await File.ReadAllTextAsync(domain.Home.PathOf(name.Replace("-former", "", StringComparison.Ordinal)), Cancel);
            await File.WriteAllTextAsync(domain.Home.PathOf(name), $"{before}\n{secret}", Cancel);
        }

        await TwoDomains.Ok("backup", "--home", domain.Path, "--out", File_);
        var names = await NamesAsync(File_);
        Assert.Contains("encryption.key", names);
        Assert.DoesNotContain("encryption-former.pem", names);
        Assert.DoesNotContain("encryption-former.key", names);
    }

    [Fact]
    public async Task Nothing_IsWritten_OverAnything()
    {
        using var domain = await TestDomain.CreateAsync();
        await File.WriteAllTextAsync(File_, "a letter", Cancel);
        Assert.Contains("exists already", await TwoDomains.Fails(2, "backup", "--home", domain.Path, "--out", File_), StringComparison.Ordinal);
        Assert.Equal("a letter", await File.ReadAllTextAsync(File_, Cancel));
        File.Delete(File_);
        await TwoDomains.Ok("backup", "--home", domain.Path, "--out", File_);
        Assert.Contains("in use", await TwoDomains.Fails(2, "restore", "--in", File_, "--home", domain.Path, "--key-file", domain.Home.PathOf("home.key")), StringComparison.Ordinal);
        await TwoDomains.Fails(7, "restore", "--in", _folder.PathOf("no.tar"), "--home", _folder.PathOf("r"), "--key-file", domain.Home.PathOf("home.key"));
        await TwoDomains.Fails(2, "backup", "--home", domain.Path, "--out", _folder.PathOf("no/a.tar"));
        Assert.Contains("--key-file is missing", await TwoDomains.Fails(2, "restore", "--in", File_, "--home", _folder.PathOf("r")), StringComparison.Ordinal);
        var wrong = _folder.WriteText("wrong.key", new string('0', 64));
        File.SetUnixFileMode(wrong, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var (code, _, error) = await CkiProgram.RunInsideAsync(["restore", "--in", File_, "--home", _folder.PathOf("r"), "--key-file", wrong]);
        Assert.True(code is not (0 or 70), $"{code} {error}");
        Assert.Equal(["a.tar", "wrong.key"], Directory.EnumerateFileSystemEntries(_folder.FullPath).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task DamagedBackups_RestoreNothing()
    {
        using var domain = await TestDomain.CreateAsync();
        await TwoDomains.Ok("backup", "--home", domain.Path, "--out", File_);
        var octets = await File.ReadAllBytesAsync(File_, Cancel);
        var random = new Random(20);
        for (var i = 0; i < LongRun.Count(60, 2000); i++)
        {
            // Flipped octets and cut ends; what only touches padding and dates of the archive restores the same.
            var damaged = i % 3 == 0 ? octets[..random.Next(octets.Length)] : [.. octets];
            if (i % 3 != 0) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(File_, damaged, Cancel);
            var home = _folder.PathOf($"r{i}");
            var (code, _, error) = await CkiProgram.RunInsideAsync(["restore", "--in", File_, "--home", home, "--key-file", domain.Home.PathOf("home.key")]);
            Assert.True(code is 0 or 1 or 2, $"{code} {error}");
            Assert.Equal(code == 0, Directory.Exists(home));
            if (code == 0) Assert.Equal(await File.ReadAllBytesAsync(domain.Home.PathOf("cma.key"), Cancel), await File.ReadAllBytesAsync(Path.Combine(home, "cma.key"), Cancel));
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.FullPath), path => path.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AManifest_WithAFileThatIsNull_RestoresNothing()
    {
        await using (var tar = new TarWriter(File.Create(File_), TarEntryFormat.Pax))
        {
            var manifest = """{"version":1,"name":"CN=A","madeAt":"2026-01-01T00:00:00+00:00","certificates":1,"serials":2,"auditHead":"3:x","files":[null]}"""u8.ToArray();
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "backup.json") { DataStream = new MemoryStream(manifest) }, Cancel);
        }

        var error = await TwoDomains.Fails(1, "restore", "--in", File_, "--home", _folder.PathOf("r"));
        Assert.Contains("its manifest cannot be read: $.files[0] is null", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("r")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/evil")]
    [InlineData("peers/../../evil")]
    [InlineData("deep/er/evil")]
    [InlineData("home.json")]
    public async Task Archives_WithOtherNames_RestoreNothing(string name)
    {
        using var domain = await TestDomain.CreateAsync();
        await TwoDomains.Ok("backup", "--home", domain.Path, "--out", File_);
        var evil = _folder.PathOf("evil.tar");
        await using (var from = new TarReader(File.OpenRead(File_)))
        {
            await using var to = new TarWriter(File.Create(evil), TarEntryFormat.Pax);
            while (await from.GetNextEntryAsync(copyData: true, Cancel) is { } entry) await to.WriteEntryAsync(entry, Cancel);
            await to.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) }, Cancel);
        }

        var error = await TwoDomains.Fails(1, "restore", "--in", evil, "--home", _folder.PathOf("r"), "--key-file", domain.Home.PathOf("home.key"));
        Assert.Contains("not as its manifest says", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("r")));
        Assert.False(File.Exists(_folder.PathOf("evil")));
    }

    private static async Task AssertGoesOnAsync(string home, string head)
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(home));
        Assert.Contains("store.restored", await TwoDomains.Ok("audit", "list", "--home", home), StringComparison.Ordinal);
        await TwoDomains.Ok("audit", "verify", "--home", home, "--noted", head);
        await TwoDomains.Ok("doctor", "--home", home);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(string file)
    {
        var names = new List<string>();
        await using var stream = File.OpenRead(file);
        await using var tar = new TarReader(stream);
        while (await tar.GetNextEntryAsync(cancellationToken: Cancel) is { } entry) names.Add(entry.Name);
        return names;
    }

    private static async Task<long[]> NumbersAsync(string home)
    {
        await using var store = await SqliteCmaStore.OpenAsync(Path.Combine(home, "store.sqlite"), TimeProvider.System, Cancel);
        return [.. (await store.ListCrlsAsync(Cancel)).Where(crl => crl.Issuer.StartsWith(TestDomain.CmaName.Canonical, StringComparison.Ordinal)).Select(crl => crl.Number)];
    }
}
