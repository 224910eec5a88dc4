using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage.Sqlite;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Sets a CMA back to an older state, while the others go on: it obtains new interoperability keys before it issues, and no identifier that it has given out since returns (profile section 1.2).</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task ACma_GoesOn_UnderNewKeys_WithUsersOfBothDomains(bool hasTlcma, bool byBackup)
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma);
        await domains.StartAsync(hasTlcma ? ["top", "a", "b"] : ["a", "b"]);
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        await domains.EnrolAsync("a3");
        await domains.EnrolAsync("b1");
        var before = await SealAsync(domains, "b1", "a3", "before");
        var (home, lost, backup) = (domains.PathOf("a"), domains.PathOf("lost"), _folder.PathOf("a.tar"));
        await domains.StopAsync("a");
        await TwoDomains.Ok("backup", "--home", home, "--out", backup);
        Copy(home, _folder.PathOf("snapshot"));
        await domains.StartAsync("a");

        // What the state of before knows nothing of: the identifiers of A1 have changed, and certificates were issued under them.
        foreach (var change in new[] { "revoke", "restore" }) await TwoDomains.Ok("cma", "user", change, "--home", home, "--name", TwoDomains.NameOf("a1"));
        await TwoDomains.UntilAsync("a certificate of A1 under his next identifier", async () =>
        {
            await SealAsync(domains, "a1", "b1", $"since {Guid.NewGuid()}");
            return (await IdentifiersAsync(home)).Any(known => known.Generation > 0);
        });
        await domains.StopAsync("a");
        var used = await IdentifiersAsync(home);
        Directory.Move(home, lost);
        if (byBackup) await TwoDomains.Ok("restore", "--in", backup, "--home", home, "--key-file", Path.Combine(lost, "home.key"));
        else
        {
            Copy(_folder.PathOf("snapshot"), home);
            Assert.Equal(2, (await TwoDomains.Json("resume", "--home", home)).GetProperty("retiredKeys").GetInt32());
        }

        var known = (await SerialsAsync(home)).ToHashSet();
        Assert.Contains("store.restored", await TwoDomains.Ok("audit", "list", "--home", home), StringComparison.Ordinal);
        Assert.Contains(", retired", (await CkiProgram.RunInsideAsync(["cma", "status", "--home", home])).Output, StringComparison.Ordinal);
        await domains.StartAsync("a");
        await domains.KeysAsync();
        foreach (var user in new[] { "a2", "b2" }) await domains.EnrolAsync(user);
        foreach (var (from, to) in new[] { ("a2", "b1"), ("b1", "a2"), ("a2", "b2"), ("b2", "a1") })
        {
            await OpenAsync(domains, to, await SealAsync(domains, from, to, $"{from} to {to}"), $"{from} to {to}");
        }

        await OpenAsync(domains, "a3", before, "before");
        await domains.StopAsync("a");
        var since = await IdentifiersAsync(home, known);
        Assert.NotEmpty(since);
        Assert.Empty(since.Intersect(used));
        Assert.Empty(since.Select(identifier => identifier.Key).Intersect(used.Select(identifier => identifier.Key)));
        await TwoDomains.Ok("audit", "verify", "--home", home);
        await TwoDomains.Ok("doctor", "--home", home);
    }

    private async Task<string> SealAsync(TwoDomains domains, string from, string to, string text)
    {
        var file = _folder.PathOf($"{Guid.NewGuid()}");
        await File.WriteAllTextAsync(file, text, Cancel);
        await TwoDomains.Ok("user", "seal", "--home", domains.PathOf(from), "--to", TwoDomains.NameOf(to), "--in", file, "--out", $"{file}.cki");
        return $"{file}.cki";
    }

    private async Task OpenAsync(TwoDomains domains, string user, string file, string text)
    {
        var plain = _folder.PathOf($"{Guid.NewGuid()}");
        await TwoDomains.Ok("user", "open", "--home", domains.PathOf(user), "--in", file, "--out", plain);
        Assert.Equal(text, await File.ReadAllTextAsync(plain, Cancel));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static async Task<IReadOnlyList<IssuedCertificate>> IssuedAsync(string home)
    {
        await using var store = await SqliteCmaStore.OpenAsync(Path.Combine(home, "store.sqlite"), TimeProvider.System, Cancel);
        var issued = new List<IssuedCertificate>();
        foreach (var name in new[] { "a1", "a2", "a3", "b1", "b2" }.Select(user => DistinguishedName.Parse(TwoDomains.NameOf(user)).Canonical))
        {
            foreach (var usage in new[] { IssuedCertificate.Send, IssuedCertificate.Receive }) issued.AddRange(await store.ListAllCertificatesAsync(name, usage, Cancel));
        }

        return issued;
    }

    private static async Task<IEnumerable<string>> SerialsAsync(string home) => (await IssuedAsync(home)).Select(certificate => Convert.ToHexString(certificate.Serial.Span));

    private static async Task<IReadOnlyList<(string Subject, string? Key, long Generation)>> IdentifiersAsync(string home, HashSet<string>? except = null) =>
        [.. (await IssuedAsync(home)).Where(certificate => except?.Contains(Convert.ToHexString(certificate.Serial.Span)) != true).Select(certificate => (certificate.Subject, certificate.KeyReference, certificate.Generation))];
}
