using System.Diagnostics;
using System.Globalization;
using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Kills processes that issue certificates, with SIGKILL and at random moments, and looks for everything they acknowledged.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("cma.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_Loses_NothingThatWasAcknowledged()
    {
        var random = new Random(20261);
        var reports = new List<string[]>();
        for (var round = 0; round < LongRun.Count(5, 200); round++)
        {
            // Two at a time, as when a new one is started before the old one has ended; each is killed on its own.
            var children = new[] { Start(2 * round), Start((2 * round) + 1) };
            var deaths = children.Select(child => ReadThenKillAsync(child, random.Next(1, 1500), random.Next(20))).ToArray();
            var fresh = (await Task.WhenAll(deaths)).SelectMany(lines => lines.Select(line => line.Split(' '))).ToArray();
            reports.AddRange(fresh);
            Assert.Equal("ok", await CheckAsync(fresh));
        }

        // Once more, because a later crash must not take what an earlier one has left.
        Assert.Equal("ok", await CheckAsync(reports));
        Assert.True(reports.Count(report => report[0] == "C") > 100, $"only {reports.Count} reports");
    }

    private static async Task<List<string>> ReadThenKillAsync(Process child, int lines, int milliseconds)
    {
        using (child)
        {
            var read = new List<string>();
            while (read.Count < lines && await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) read.Add(line);
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            Assert.False(child.HasExited, "the process ended by itself");
            child.Kill();
            read.AddRange((await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n'));
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            return [.. read.Where(line => line.EndsWith(" .", StringComparison.Ordinal))];
        }
    }

    private async Task<string?> CheckAsync(IReadOnlyCollection<string[]> reports)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using (var store = await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, cancellation))
        {
            var certificates = reports.Where(report => report[0] == "C").ToArray();
            Assert.Equal(certificates.Length, certificates.Select(report => report[1]).Distinct().Count());
            foreach (var report in certificates)
            {
                var (number, id) = (Number(report[1]), Number(report[2]));
                Records.Same(Records.Certificate(number), await store.FindCertificateAsync(Records.Serial(number), cancellation));
                Records.Same(Records.Answer((byte)id), await store.FindAnswerAsync(Records.Transaction(id), cancellation));
            }

            var log = await store.ReadAuditAsync(cancellation);
            var finding = AuditChain.Verify(log);
            Assert.True(finding.IsIntact, finding.Reason);
            Assert.Empty(certificates.Select(report => $"{report[1]} {report[2]}").Except(log.Links.Select(link => link.Entry.Detail)));

            var start = await store.ReserveMessageTimesAsync(Records.Now, CrashingCma.Stretch, cancellation);
            var starts = reports.Where(report => report[0] == "T").Select(report => new DateTimeOffset(long.Parse(report[1], CultureInfo.InvariantCulture), TimeSpan.Zero));
            Records.Apart(starts.Append(start), CrashingCma.Stretch);
        }

        using var session = new SqliteSession(Path);
        Assert.Equal(0L, session.Scalar(MarksTests.WithoutOneMark));
        return session.Scalar("PRAGMA integrity_check") as string;
    }

    private Process Start(int seed) => OwnProgram.Start(CrashingCma.Command, Path, seed.ToString(CultureInfo.InvariantCulture));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
