using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Is a process that issues certificates as fast as it can until somebody kills it, and reports each after it was stored.</summary>
internal static class CrashingCma
{
    /// <summary>The first argument that starts it.</summary>
    public const string Command = "crashing-cma";

    /// <summary>How long its stretches of message times are.</summary>
    public static readonly TimeSpan Stretch = TimeSpan.FromSeconds(5);

    // So few that the workers of all processes meet on the same numbers all the time.
    private const int Numbers = 500_000;

    /// <summary>Works for two minutes at most.</summary>
    public static async Task<int> RunAsync(string path, int seed)
    {
        await using var store = await SqliteCmaStore.OpenAsync(path, TimeProvider.System);
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => IssueAsync(store, (seed * 16) + worker, end.Token))));
        return 0;
    }

    private static async Task IssueAsync(SqliteCmaStore store, int worker, CancellationToken end)
    {
        var random = new Random(worker);
        for (var id = worker * 100_000; !end.IsCancellationRequested; id++)
        {
            var number = random.Next(Numbers);
            if (!await store.TryReserveSerialAsync(Records.Serial(number), Records.Transaction(id), end)) continue;
            var work = new UnitOfWork
            {
                Transaction = Records.Transaction(id),
                Answer = Records.Answer((byte)id),
                Changes =
                [
                    new StoreChange.AddCertificate(Records.Certificate(number), Records.Transaction(id)) { Holder = "cn=a1" },
                    new StoreChange.Audit(new AuditEntry(Records.Now, "certificate.issued", "cn=a1", FormattableString.Invariant($"{number} {id}"))),
                ],
            };
            await store.CommitAsync(work, end);
            Report($"C {number} {id}");
            if (number % 16 == 0) Report($"T {(await store.ReserveMessageTimesAsync(Records.Now, Stretch, end)).UtcTicks}");
        }
    }

    // The stop at its end tells a whole line from one that the kill has cut.
    private static void Report(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line + " .");
            Console.Out.Flush();
        }
    }
}
