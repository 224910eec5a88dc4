using System.Diagnostics;
using System.Globalization;

namespace CkiSdk.Benchmarks.Load;

/// <summary>Puts load on a CMA over TCP and TLS, with the generator in the same process: the most it serves, how long answers take at half of that, what idle connections cost.</summary>
internal static class LoadReport
{
    private const int Connections = 16;
    private const int InFlight = 128;
    private const double LeastPerSecond = 2500;
    private const double MostMilliseconds = 25;
    private const double MostMebibytes = 512;

    /// <summary>Runs and prints; exit code 1 where a figure misses its bound.</summary>
    /// <param name="seconds">How long each part lasts.</param>
    /// <param name="idle">How many idle connections are opened.</param>
    public static async Task<int> Run(double seconds, int idle)
    {
        using var domain = LoadDomain.Create();
        await using var server = await LoadServer.Start(domain, Connections);
        await Full(server, domain, seconds / 2); // warms up
        var rate = await Full(server, domain, seconds);
        Line("send certificates over TCP and TLS", $"{rate:N0}/s", rate >= LeastPerSecond);
        var p99 = await Paced(server, domain, rate / 2, seconds);
        Line("99th percentile at half of it", $"{p99:N1} ms", p99 <= MostMilliseconds);
        if (idle == 0) return rate >= LeastPerSecond && p99 <= MostMilliseconds ? 0 : 1;
        var before = Process.GetCurrentProcess().WorkingSet64;
        await using var many = await LoadServer.Start(domain, idle);
        await Parallel.ForEachAsync(Enumerable.Range(0, idle), async (user, _) => await many.Ask(user, domain.SendRequest(user)));
        GC.Collect();
        var mebibytes = (Process.GetCurrentProcess().WorkingSet64 - before) / 1024.0 / 1024.0;
        Line($"{idle} idle connections, both ends in one process", $"{mebibytes:N0} MiB", mebibytes <= MostMebibytes);
        return rate >= LeastPerSecond && p99 <= MostMilliseconds && mebibytes <= MostMebibytes ? 0 : 1;
    }

    private static void Line(string what, string figure, bool isMet) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-52} {figure,12}{(isMet ? "" : "  missed")}"));

    // As many requests at once as are in flight; the next begins when one has ended.
    private static async Task<double> Full(LoadServer server, LoadDomain domain, double seconds)
    {
        var (clock, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(user => Task.Run(async () =>
        {
            for (; clock.Elapsed.TotalSeconds < seconds; Interlocked.Increment(ref done)) await server.Ask(user, domain.SendRequest(user % Connections));
        })));
        return done / clock.Elapsed.TotalSeconds;
    }

    // Requests begin at their times, whether those before have ended or not; a request's time counts from when it should have begun.
    public static async Task<double> Paced(LoadServer server, LoadDomain domain, double perSecond, double seconds)
    {
        var (clock, times, tasks) = (Stopwatch.StartNew(), new List<double>(), new List<Task>());
        for (var number = 0; number < perSecond * seconds; number++)
        {
            var due = number / perSecond;
            while (clock.Elapsed.TotalSeconds < due) await Task.Delay(1);
            var user = number;
            tasks.Add(Task.Run(async () =>
            {
                await server.Ask(user, domain.SendRequest(user % Connections));
                lock (times) times.Add((clock.Elapsed.TotalSeconds - due) * 1000);
            }));
        }

        await Task.WhenAll(tasks);
        return times.Order().ElementAt((int)(times.Count * 0.99));
    }
}
