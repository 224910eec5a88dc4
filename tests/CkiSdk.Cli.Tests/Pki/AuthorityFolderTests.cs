using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Pki;

/// <summary>Shows that what an authority did survives crashes, damage is noticed, and two processes do not meet.</summary>
public sealed class AuthorityFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void ALineThatACrashCutOff_IsDropped()
    {
        var path = _folder.PathOf("db");
        using (var journal = AuthorityJournal.Open(path))
        {
            journal.Reserve("01");
            journal.Reserve("02");
        }

        var whole = File.ReadAllBytes(path);
        for (var length = whole.Length - 1; length > whole.Length / 2; length--)
        {
            File.WriteAllBytes(path, whole[..length]);
            using var journal = AuthorityJournal.Open(path);
            Assert.True(journal.Has("01"));
            Assert.False(journal.Has("02"));
            Assert.Equal(whole.Length / 2, new FileInfo(path).Length);
        }
    }

    [Fact]
    public void AnyOtherDamage_IsRefused()
    {
        var path = _folder.PathOf("db");
        using (var journal = AuthorityJournal.Open(path))
            journal.Reserve("01");
        var octets = File.ReadAllBytes(path);
        octets[8] ^= 1;
        File.WriteAllBytes(path, octets);
        Assert.Equal("damaged-database", Assert.Throws<CommandException>(() => AuthorityJournal.Open(path)).Code);
    }

    [Fact]
    public void Numbers_AndRevocations_AreRemembered()
    {
        var path = _folder.PathOf("db");
        var when = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        using (var journal = AuthorityJournal.Open(path))
        {
            Assert.Equal(1, journal.TakeListNumber(isDelta: false));
            journal.Revoke(new AuthorityRevocation("01", when, CRLReason.KeyCompromise));
            Assert.Equal(2, journal.TakeListNumber(isDelta: true));
        }

        using var again = AuthorityJournal.Open(path);
        Assert.Equal((2, 1), (again.ListNumber, again.CompleteNumber));
        Assert.Equal("01", Assert.Single(again.Revoked).Serial);
        Assert.Equal(when, Assert.Single(again.Changed).Date);
        again.TakeListNumber(isDelta: false);
        Assert.Empty(again.Changed);
    }

    [Fact]
    public async Task ProcessesAtOnce_IssueDifferentNumbers()
    {
        string[] init = ["pki", "ca", "init", "--dir", _folder.PathOf("root"), "--subject", "CN=Root,O=Lab", "--key", "ec:P-256"];
        Assert.Equal(0, (await CkiProgram.RunInsideAsync(init)).Code);
        Assert.Equal(0, (await CkiProgram.RunInsideAsync(["pki", "key", "generate", "--key", "ec:P-256", "--out", _folder.PathOf("key.pem")])).Code);
        Assert.Equal(0, (await CkiProgram.RunInsideAsync(["pki", "csr", "create", "--key", _folder.PathOf("key.pem"), "--subject", "CN=me", "--san", "me@example.com", "--out", _folder.PathOf("me.csr")])).Code);
        var runs = Enumerable.Range(0, 4).Select(i => Task.Run(() =>
            CkiProgram.Run("pki", "cert", "issue", "--ca", _folder.PathOf("root"), "--csr", _folder.PathOf("me.csr"), "--profile", "mail", "--out", _folder.PathOf($"me{i}.pem"))));
        Assert.All(await Task.WhenAll(runs), result => Assert.True(result.ExitCode == 0, result.Error));
        Assert.Equal(4, Directory.GetFiles(_folder.PathOf("root/issued")).Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.PathOf("root/ca.key")));
    }

    public void Dispose() => _folder.Dispose();
}
