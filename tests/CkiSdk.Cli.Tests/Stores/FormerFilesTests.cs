using System.Security.Cryptography;
using System.Text;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Stores;
using CkiSdk.Cli.Tests.Domains;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Opens homes of versions that kept users' certificates and the cards of others in files: they go into the store once, nothing is lost, and nothing newer is replaced.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FormerFilesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_GoIntoTheStore_Once_AndCountThere()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: true);
        await domains.StartAsync("top", "a", "b");
        await domains.KeysAsync();
        await domains.EnrolAsync("a1");
        var (current, former) = (domains.PathOf("a1"), domains.PathOf("former"));
        Directory.CreateDirectory(former);
        foreach (var path in Directory.EnumerateFiles(current)) File.Copy(path, Path.Combine(former, Path.GetFileName(path)));
        await TwoDomains.Ok("cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out", domains.PathOf("a1.json"), "--force");
        await TwoDomains.Ok("user", "enroll", "--home", current, "--in", domains.PathOf("a1.json"), "--password-file", domains.PathOf("a1.json.secret"));
        await domains.StopAsync("a");
        await MakeFormerAsync(domains.PathOf("a"), current, route: "localhost:1");
        await TwoDomains.Ok("backup", "--home", domains.PathOf("a"), "--out", domains.PathOf("a.tar"));

        // The first command of any kind takes them over.
        await AssertTakenOverAsync(domains.PathOf("a"));
        await TwoDomains.Ok("restore", "--in", domains.PathOf("a.tar"), "--home", domains.PathOf("restored"), "--key-file", domains.PathOf("a/home.key"));
        Assert.Equal(3, Files(domains.PathOf("restored"), "peers").Length);
        await AssertTakenOverAsync(domains.PathOf("restored"));
        await domains.StartAsync("a");
        await TwoDomains.Ok("user", "certs", "--home", current);
        await TwoDomains.Fails(5, "user", "certs", "--home", former);
    }

    [Fact]
    public async Task WhatIsOlder_ReplacesNothing_AndWhatIsDamaged_IsTold()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await TwoDomains.Ok("cma", "user", "add", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"), "--out", domains.PathOf("a1.json"));
        var home = domains.PathOf("a");
        var (user, cards) = await StateAsync(home);
        var card = Assert.Single(cards);

        // Another machine's copy of the home: the user's certificate is the one of before, and whom it knows that nobody enrolled is no user by that.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (file, name) in new[] { ("old", TwoDomains.NameOf("a1")), ("nobody", TwoDomains.NameOf("a9")) })
        {
            var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(name, key, HashAlgorithmName.SHA256);
            using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
            await WriteAsync(home, $"users/{file}.pem", made.ExportCertificatePem());
        }

        await WriteAsync(home, "peers/b.json", Encoding.UTF8.GetString(card.Content.Span));
        await WriteAsync(home, "peers/b.route", "elsewhere:829\n");
        var (after, cardsAfter) = await StateAsync(home);
        Assert.Equal(user!.AuthenticationCertificate.ToArray(), after!.AuthenticationCertificate.ToArray());
        Assert.Null(Assert.Single(cardsAfter).Route);
        Assert.DoesNotContain("store.files", await TwoDomains.Ok("audit", "list", "--home", home), StringComparison.Ordinal);
        Assert.Equal(["nobody.pem", "old.pem"], Files(home, "taken-over/users"));
        Assert.False(Directory.Exists(Path.Combine(home, "users")));

        foreach (var (file, code) in new[] { ("users/x.pem", 2), ("peers/x.json", 2) })
        {
            await WriteAsync(home, file, "-----BEGIN");
            Assert.Contains(file, await TwoDomains.Fails(code, "cma", "user", "list", "--home", home), StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(home, file)));
            File.Delete(Path.Combine(home, file));
        }

        await TwoDomains.Ok("cma", "user", "list", "--home", home);
    }

    private static async Task AssertTakenOverAsync(string home)
    {
        var peers = (await TwoDomains.Json("cma", "peer", "list", "--home", home)).GetProperty("peers").EnumerateArray().ToDictionary(peer => peer.GetProperty("name").GetString()!, peer => peer.GetProperty("route").GetString());
        Assert.Equal(2, peers.Count);
        Assert.Equal("localhost:1", peers["CN=CMA B,O=Domain B,C=GB"]);
        Assert.NotEqual("localhost:1", peers["CN=TLCMA,C=GB"]);
        Assert.Contains("authentication certificates of 1 users, cards of 2 parties", await TwoDomains.Ok("audit", "list", "--home", home), StringComparison.Ordinal);
        await TwoDomains.Ok("audit", "verify", "--home", home);
        Assert.Single((await TwoDomains.Ok("audit", "list", "--home", home)).Split('\n'), line => line.Contains("store.files", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(home, "users")));
        Assert.False(Directory.Exists(Path.Combine(home, "peers")));
        Assert.Single(Files(home, "taken-over/users"));
        Assert.Equal(3, Files(home, "taken-over/peers").Length);
    }

    // As a version before would have left the home: files, and nothing of that in the store.
    private static async Task MakeFormerAsync(string home, string user, string route)
    {
        var (_, cards) = await StateAsync(home);
        foreach (var card in cards.Where(card => !card.CanonicalName.Contains("cma a", StringComparison.OrdinalIgnoreCase)))
        {
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(card.CanonicalName)))[..16];
            await WriteAsync(home, $"peers/{name}.json", Encoding.UTF8.GetString(card.Content.Span));
            if (card.CanonicalName.Contains("cma b", StringComparison.OrdinalIgnoreCase)) await WriteAsync(home, $"peers/{name}.route", $"{route}\n");
        }

        await WriteAsync(home, "users/0011223344556677.pem", await File.ReadAllTextAsync(Path.Combine(user, "tls.pem"), Cancel));
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(home, "store.sqlite")};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM cards; UPDATE users SET authentication_certificate = NULL";
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<(EnrolledUser? User, IReadOnlyList<StoredCard> Cards)> StateAsync(string home)
    {
        await using var store = await AuthorityStore.OpenAsync(Home.Open(home), Cancel);
        return (await store.FindUserAsync(DistinguishedName.Parse(TwoDomains.NameOf("a1")).Canonical, Cancel), await store.ListCardsAsync(Cancel));
    }

    private static async Task WriteAsync(string home, string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(home, file))!);
        await File.WriteAllTextAsync(Path.Combine(home, file), text, Cancel);
    }

    private static string[] Files(string home, string folder) => [.. Directory.EnumerateFiles(Path.Combine(home, folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
