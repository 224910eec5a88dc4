using System.Diagnostics;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Kills commands of a user with SIGKILL at random moments: his home stays whole, and a file is there in whole or not at all.</summary>
public sealed class KillUserTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_OfAUsersCommand_LeavesHomeAndFilesWhole()
    {
        var random = new Random(831);
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        var (home, plain, message) = (domains.PathOf("a1"), domains.PathOf("plain"), domains.PathOf("message.cki"));
        var content = new byte[3_000_000];
        random.NextBytes(content);
        await File.WriteAllBytesAsync(plain, content, Cancel);
        await TwoDomains.Ok("user", "seal", "--home", home, "--to", TwoDomains.NameOf("a1"), "--in", plain, "--out", message);
        var whole = 0;
        for (var round = 0; round < LongRun.Count(6, 100); round++)
        {
            // Each time with new certificates and a new seed key to take.
            await TwoDomains.Ok("cma", "user", "revoke", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"));
            await TwoDomains.Ok("cma", "user", "restore", "--home", domains.PathOf("a"), "--name", TwoDomains.NameOf("a1"));
            var target = domains.PathOf($"{round}");
            await KillAsync(TimeSpan.FromMilliseconds(random.Next(200, 2500)), "user", "seal", "--home", home, "--to", TwoDomains.NameOf("a1"), "--in", plain, "--out", target);
            if (!File.Exists(target)) continue;
            whole++;
            await TwoDomains.Ok("user", "open", "--home", home, "--in", target, "--out", target + ".opened");
            Assert.Equal(content, await File.ReadAllBytesAsync(target + ".opened", Cancel));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{whole} files were whole, the others not there");
        await TwoDomains.Ok("user", "seal", "--home", home, "--to", TwoDomains.NameOf("a1"), "--in", plain, "--force", "--out", message);
        await TwoDomains.Ok("user", "open", "--home", home, "--in", message, "--out", domains.PathOf("last"));
        Assert.Equal(content, await File.ReadAllBytesAsync(domains.PathOf("last"), Cancel));
    }

    private static async Task KillAsync(TimeSpan after, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(CkiProgram.Command[0], [.. CkiProgram.Command[1..], .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await Task.Delay(after, Cancel);
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(Cancel);
    }
}
