using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Peers;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage.Sqlite;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Stores what a CMA stores for a certificate: the serial number first, then the answer and the certificate, each on the disk before the next.</summary>
internal static class StoreRows
{
    private static readonly byte[] Body = new byte[900];
    private static readonly byte[] Encoded = new byte[800];
    private static int _last;

    /// <summary>Gives the rows; both sides write into a new folder, which goes away at the end of the program.</summary>
    public static IEnumerable<Row> All()
    {
        var folder = Directory.CreateTempSubdirectory("cki-bench-");
        var peer = new SingleCommits(Path.Combine(folder.FullName, "peer.db"));
        var ours = SqliteCmaStore.OpenAsync(Path.Combine(folder.FullName, "cma.db"), TimeProvider.System).GetAwaiter().GetResult();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            peer.Dispose();
            ours.DisposeAsync().AsTask().GetAwaiter().GetResult();
            folder.Delete(recursive: true);
        };

        yield return Of("store a certificate, 64 callers / one transaction each", 0.5, ours, peer, 64);
    }

    private static Row Of(string name, double target, SqliteCmaStore ours, SingleCommits peer, int callers) => new(
        name, target, callers,
        () => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => IssueAsync(ours)))).GetAwaiter().GetResult(),
        () =>
        {
            for (var i = 0; i < callers; i++)
            {
                var (serial, id) = Next();
                peer.Issue(serial, id, Body, Encoded);
            }
        })
    {
        IsByClock = true,
    };

    private static async Task IssueAsync(SqliteCmaStore store)
    {
        var (serial, id) = Next();
        var transaction = new TransactionKey("cn=a1,o=a", id);
        await store.ReserveSerialsAsync([serial], transaction);
        var certificate = new IssuedCertificate(serial, IssuedCertificate.Send, "cn=a1,o=a", DateTimeOffset.UnixEpoch, Encoded);
        await store.CommitAsync(new UnitOfWork
        {
            Transaction = transaction,
            Answer = new StoredAnswer(new byte[32], Body, Text: null, DateTimeOffset.UnixEpoch),
            Changes = [new StoreChange.AddCertificate(certificate, transaction)],
        });
    }

    // Serial numbers in no order, as in life.
    private static (byte[] Serial, string Id) Next()
    {
        var serial = new byte[16];
        Random.Shared.NextBytes(serial);
        return (serial, Interlocked.Increment(ref _last).ToString("X32", System.Globalization.CultureInfo.InvariantCulture));
    }
}
