using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Load;
using CkiSdk.Crypto;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Compares the CMA, with its store on the disk and its audit log, with the least that a certificate costs: one signature and one exponentiation, on all processors.</summary>
internal static class IssuanceRows
{
    private const int Callers = 128;
    private const int Batch = 100;
    private const double OfTheLimit = 0.7;
    private const double LeastPerSecond = 2500;
    private static readonly Secret Exponent = LoadDomain.Exponent();
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
        yield return new("send certificate, engine / signature + power", 1 / OfTheLimit, Callers, () => AtOnce(Callers, user => domain.Value.Handle(user, domain.Value.SendRequest(user))), () => Least(domain.Value, Callers));
        yield return new("receive certificates by 100, engine / the same", 1 / OfTheLimit, 4 * Batch, () => AtOnce(4, user => domain.Value.Handle(user, domain.Value.ReceiveRequest(user, Batch))), () => Least(domain.Value, 4 * Batch));
        yield return new("send certificate, TCP + TLS / signature + power", 0, Callers, () => AtOnce(Callers, user => server.Value.Ask(user, domain.Value.SendRequest(user % server.Value.Connections))), () => Least(domain.Value, Callers))
        {
            MostNanoseconds = 1e9 / LeastPerSecond,
        };
    }

    private static void AtOnce(int count, Func<int, Task> ask) => Task.WhenAll(Enumerable.Range(0, count).Select(user => Task.Run(() => ask(user)))).GetAwaiter().GetResult();

    private static void Least(LoadDomain domain, int count) => Parallel.For(0, count, _ => domain.DoTheLeast(Exponent, Octets));
}
