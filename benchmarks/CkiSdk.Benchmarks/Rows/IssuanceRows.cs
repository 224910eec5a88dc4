using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Load;
using CkiSdk.Crypto;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Compares the CMA, with its store on the disk and its audit log, with the least that a certificate costs: one signature and one exponentiation, on all processors; and over TCP and TLS, the callers in the same process, with fixed times.</summary>
internal static class IssuanceRows
{
    private const int Callers = 128;
    private const int ManyCallers = 256; // enough that some are served while others wait for the disk
    private const int EachOfMany = 64; // so many one after the other, as below
    private const int Each = 8; // so many one after the other: what waits for the disk at the end of a pass shall not be what is measured
    private const int Batch = LoadReport.Batch;
    private const int Batches = 8;
    private const int BatchesEach = 8;
    private const int BatchesOfEachCaller = 2;
    private const int OctetsOfCertificate = 1400; // less than one has with the default group; a refusal is shorter
    private const double OfTheLimit = 0.7;
    private const double LeastPerSecond = 2500;
    private static readonly TimeSpan MostOfNearlyAll = TimeSpan.FromMilliseconds(25);
    private static readonly Secret Exponent = Exponents.Random(DhGroups.Default);
    private static readonly byte[] Octets = new byte[700];

    /// <summary>Gives the rows.</summary>
    public static IEnumerable<Row> All()
    {
        var domain = new Lazy<LoadDomain>(LoadDomain.Create);
        var server = new Lazy<LoadServer>(() => LoadServer.Start(domain.Value, 16).GetAwaiter().GetResult());
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (server.IsValueCreated) server.Value.DisposeAsync().AsTask().GetAwaiter().GetResult();
            if (domain.IsValueCreated) domain.Value.Dispose();
        };
        yield return OfTheLeast("send certificate, engine / signature + power", domain, ManyCallers, EachOfMany, 1, (load, user) => load.SendRequest(user));
        yield return OfTheLeast("receive certificates by 100, engine / the same", domain, Batches, BatchesEach, Batch, (load, user) => load.ReceiveRequest(user, Batch));
        Func<LoadServer, int, ReadOnlyMemory<byte>> send = (load, user) => domain.Value.SendRequest(user % load.Connections);
        Func<LoadServer, int, ReadOnlyMemory<byte>> receive = (load, user) => domain.Value.ReceiveRequest(user % load.Connections, Batch);
        yield return Served("1,024 send certificates", server, Callers, Each, 1, send);
        yield return Paced("99th percentile at 1,250 a second", server, 1, 0.5, send);
        yield return Served("1,600 receive certificates by 100", server, Batches, BatchesOfEachCaller, Batch, receive);
        yield return Paced("99th percentile of 100 receive certificates at 12.5 times a second", server, Batch, 8, receive);
    }

    private static Row Served(string what, Lazy<LoadServer> server, int callers, int each, int certificates, Func<LoadServer, int, ReadOnlyMemory<byte>> request) =>
        Row.Within($"{what}, TCP + TLS / 2,500 a second", TimeSpan.FromSeconds(callers * each * certificates / LeastPerSecond), () => AtOnce(server, callers, each, (load, user) => load.Ask(user, request(load, user)))) with { IsByClock = true };

    private static Row Paced(string what, Lazy<LoadServer> server, int certificates, double seconds, Func<LoadServer, int, ReadOnlyMemory<byte>> request) =>
        Row.Reads($"{what}, TCP + TLS / 25 ms", MostOfNearlyAll, () =>
        {
            var its = server.Value; // is made before the clock runs
            return TimeSpan.FromMilliseconds(PacedLoad.Percentile99(its, LeastPerSecond / 2 / certificates, seconds, user => request(its, user)));
        });

    // What is measured is the engine: requests are made before, and whether all were granted shows by the length of the answers, of which only the last of each caller is kept and read, afterwards.
    private static Row OfTheLeast(string name, Lazy<LoadDomain> domain, int callers, int each, int certificates, Func<LoadDomain, int, ReadOnlyMemory<byte>> request) =>
        Row.Prepared(
            name, 1 / OfTheLimit, callers * each * certificates,
            () => Prepare(domain, callers, each, certificates, request), () => Parallel.For(0, callers * each * certificates, _ => domain.Value.DoTheLeast(Exponent, Octets))) with
        { IsByClock = true, MostRounds = 15 };

    private static (Action Pass, Action Check) Prepare(Lazy<LoadDomain> domain, int callers, int each, int certificates, Func<LoadDomain, int, ReadOnlyMemory<byte>> request)
    {
        var requests = Enumerable.Range(0, callers).Select(user => Enumerable.Range(0, each).Select(_ => request(domain.Value, user)).ToArray()).ToArray();
        var (last, asked) = (new ReadOnlyMemory<byte>[callers], new int[callers]);
        return (() => AtOnce(domain, callers, each, Ask), () => Array.ForEach(last, LoadDomain.RequireGranted));

        async Task Ask(LoadDomain load, int user)
        {
            last[user] = await load.Answer(user, requests[user][asked[user]++]);
            if (last[user].Length < certificates * OctetsOfCertificate) throw new InvalidOperationException("not granted: the answer is too short");
        }
    }

    // What the load goes to is made before the callers begin: they would hold all threads of the pool while they wait for it, and the store that is opened needs one.
    private static void AtOnce<T>(Lazy<T> made, int count, int each, Func<T, int, Task> ask)
    {
        var load = made.Value;
        Task.WhenAll(Enumerable.Range(0, count).Select(user => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++) await ask(load, user);
        }))).GetAwaiter().GetResult();
    }
}
