using System.Globalization;
using System.Runtime;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Rows;
using CkiSdk.Crypto;

namespace CkiSdk.Benchmarks.Load;

/// <summary>Puts load on a CMA, with the generator in the same process: the engine beside its limit; over TCP and TLS the most it serves, how long answers take at half of that, what idle connections cost.</summary>
internal static class LoadReport
{
    /// <summary>How many receive certificates are asked for at a time.</summary>
    public const int Batch = 100;

    private const int Connections = 16;
    private const int InFlight = 256;
    private const int BatchesInFlight = 8;
    private const int MostWarmUps = 8;
    private const int FewMethods = 10;
    private const double OfTheLimit = 0.7;
    private const double LeastPerSecond = 2500;
    private const double MostMilliseconds = 25;
    private const double Mebibyte = 1 << 20;

    /// <summary>Runs and prints; exit code 1 where a figure misses its bound.</summary>
    /// <param name="seconds">How long each part lasts; 0 leaves all but the idle connections out.</param>
    /// <param name="idle">How many idle connections are opened.</param>
    public static async Task<int> Run(double seconds, int idle)
    {
        using var domain = LoadDomain.Create();
        var isMet = idle == 0 || await Idle(domain, idle); // first: what the others leave behind is not what connections take
        return seconds == 0 || (await Engine(domain, seconds) & await Transport(domain, seconds)) ? (isMet ? 0 : 1) : 1;
    }

    private static async Task<bool> Engine(LoadDomain domain, double seconds)
    {
        using var exponent = Exponents.Random(DhGroups.Default);
        var octets = new byte[700];
        var send = await Warm(seconds, time => LoadFigure.Of(InFlight, time, 1, user => domain.Handle(user, domain.SendRequest(user))));
        var receive = await Warm(seconds, time => LoadFigure.Of(BatchesInFlight, time, Batch, user => domain.Handle(user, domain.ReceiveRequest(user, Batch))));
        var limit = await Warm(seconds, time => LoadFigure.Of(Environment.ProcessorCount, time, 1, _ =>
        {
            domain.DoTheLeast(exponent, octets);
            return Task.CompletedTask;
        }));
        Line("signature and power", limit, true);
        return Line("send certificates, engine", send, limit) & Line($"receive certificates by {Batch}, engine", receive, limit);
    }

    private static async Task<bool> Transport(LoadDomain domain, double seconds)
    {
        await using var server = await LoadServer.Start(domain, Connections);
        return await Transport(server, "send certificates", InFlight, 1, seconds, domain.SendRequest)
            & await Transport(server, $"receive certificates by {Batch}", BatchesInFlight, Batch, seconds, user => domain.ReceiveRequest(user, Batch));
    }

    private static async Task<bool> Transport(LoadServer server, string what, int callers, int certificates, double seconds, Func<int, ReadOnlyMemory<byte>> request)
    {
        var full = await Warm(seconds, time => LoadFigure.Of(callers, time, certificates, user => server.Ask(user, Request(user))));
        var p99 = PacedLoad.Percentile99(server, LeastPerSecond / 2 / certificates, seconds, Request);
        return Line($"{what} over TCP and TLS", full, full.PerSecond >= LeastPerSecond)
            & Line($"99th percentile at {LeastPerSecond / 2:N0} a second", $"{p99:N1} ms", p99 <= MostMilliseconds);

        ReadOnlyMemory<byte> Request(int user) => request(user % server.Connections);
    }

    private static async Task<bool> Idle(LoadDomain domain, int idle)
    {
        var (before, with) = await IdleConnections.Measure(domain, idle);
        return Line(
            $"{idle} idle bound connections over TLS", string.Create(CultureInfo.InvariantCulture, $"{with / Mebibyte:N0} MiB for the process of the CMA, {before / Mebibyte:N0} MiB without them"), with <= IdleRows.MostOctets);
    }

    // The just-in-time compiler makes code fast only after it has run a while: what counts begins when it has made no new method.
    private static async Task<LoadFigure> Warm(double seconds, Func<double, Task<LoadFigure>> load)
    {
        for (var round = 0; round < MostWarmUps; round++)
        {
            var before = JitInfo.GetCompiledMethodCount();
            _ = await load(seconds / 2);
            if (JitInfo.GetCompiledMethodCount() - before < FewMethods) break;
        }

        return await load(seconds);
    }

    private static bool Line(string what, LoadFigure figure, LoadFigure limit)
    {
        var (ratio, ofProcessor) = (figure.PerSecond / limit.PerSecond, limit.Microseconds / figure.Microseconds);
        return Line(what, figure, ratio >= OfTheLimit, string.Create(CultureInfo.InvariantCulture, $", {ratio:F2} of the limit by the clock, {ofProcessor:F2} by processor time"));
    }

    private static bool Line(string what, LoadFigure figure, bool isMet, string more = "") =>
        Line(what, string.Create(CultureInfo.InvariantCulture, $"{figure.PerSecond:N0}/s, {figure.Microseconds:N0} µs of processor time each{more}"), isMet);

    private static bool Line(string what, string figure, bool isMet)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-52} {figure}{(isMet ? "" : "  missed")}"));
        return isMet;
    }
}
