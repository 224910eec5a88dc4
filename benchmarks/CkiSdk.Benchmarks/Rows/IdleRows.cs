using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Load;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Tells what memory a CMA takes while many users are connected to it and none asks for anything. The columns of times hold octets.</summary>
internal static class IdleRows
{
    /// <summary>The octets that the process may take, its libraries included: 512 MB.</summary>
    public const long MostOctets = 512_000_000;

    private const int Connections = 10_000;
    private const int FewConnections = 64;

    /// <summary>Gives the row.</summary>
    /// <param name="smoke">Whether it shall only run: then with a few connections.</param>
    public static IEnumerable<Row> All(bool smoke)
    {
        // Once: it takes long, and does not vary.
        var octets = new Lazy<TimeSpan>(() => AsTime(IdleConnections.MeasureApart(smoke ? FewConnections : Connections)));
        yield return Row.Reads("octets for 10,000 idle bound connections, TLS / 512 MB", AsTime(MostOctets), () => octets.Value);
    }

    // One nanosecond for an octet.
    private static TimeSpan AsTime(long octets) => TimeSpan.FromTicks(octets / TimeSpan.NanosecondsPerTick);
}
