using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>A file of a gibibyte is sealed, and opened, by <c>cki user</c> in less than 64 MB of the process's own memory (64 MiB in the usual run).</summary>
/// <remarks>
/// Own is what no file backs: heaps, stacks and compiled code. The pages of the runtime's libraries, which all programs of .NET share, are the page cache's.
/// Of the program of machine code (eng/native.sh) everything that is resident counts, with the pages of files: its peak as the kernel keeps it.
/// </remarks>
public sealed class SealingMemoryTests
{
    private const long MiB = 1 << 20;
    private const long Limit = 64 * 1000 * 1000;
    private static readonly string[] Counts = CkiProgram.Native is null ? ["RssAnon:", "RssShmem:"] : ["VmHWM:"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SealAndOpen_StayBelowTheLimit_WhateverTheLength()
    {
        if (!OperatingSystem.IsLinux()) return; // the kernel's own count is needed
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        var (home, plain, message, opened) = (domains.PathOf("a1"), domains.PathOf("plain"), domains.PathOf("message.cki"), domains.PathOf("opened"));
        var length = LongRun.Count(64, 1024) * MiB;
        await using (var file = File.Create(plain)) file.SetLength(length);

        await MeasureAsync("user", "seal", "--home", home, "--to", TwoDomains.NameOf("a1"), "--in", plain, "--out", message);
        await MeasureAsync("user", "open", "--home", home, "--in", message, "--out", opened);
        Assert.Equal(length, new FileInfo(opened).Length);
        Assert.Equal(await HashAsync(plain), await HashAsync(opened));
    }

    private static async Task MeasureAsync(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(CkiProgram.Command[0], [.. CkiProgram.Command[1..], .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        var (most, readings) = (0L, 0);
        for (; !process.HasExited; await Task.Delay(5, Cancel))
        {
            if (Taken(process.Id) is not { } taken) continue;
            (most, readings) = (Math.Max(most, taken), readings + 1);
        }

        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', args)}: {process.ExitCode} {await error}");
        _ = await output;
        Assert.True(readings > 0 && most > 0, "the process was never seen");
        Assert.True(most < Limit, $"cki {args[0]} {args[1]} took {most / 1_000_000} MB");
        TestContext.Current.TestOutputHelper!.WriteLine($"cki {args[0]} {args[1]}: {most / 1_000_000} MB at the most, in {readings} readings");
    }

    // Null when the process has just ended.
    private static long? Taken(int process)
    {
        try
        {
            string[] lines = [.. File.ReadLines($"/proc/{process}/status").Where(line => Array.Exists(Counts, count => line.StartsWith(count, StringComparison.Ordinal)))];
            return lines.Length == 0 ? null : lines.Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) * 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, Cancel));
    }
}
