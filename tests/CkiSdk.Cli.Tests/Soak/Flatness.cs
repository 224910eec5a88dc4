using System.Globalization;

namespace CkiSdk.Cli.Tests.Soak;

/// <summary>Compares what a process holds early, when it has been warm for a while, with what it holds at the end.</summary>
/// <remarks>
/// The first third of the readings is left aside: until then code is compiled, pools fill up and the collector finds its size. Of the rest the
/// first and the last quarter are compared by their medians, which a collection or a burst does not move.
/// </remarks>
internal sealed class Flatness(string name)
{
    private const double MostGrowth = 0.10;
    private const long Slack = 4 << 20;
    private const int MostHandles = 8;
    private const int MostThreads = 6;
    private readonly List<ProcessReading> _readings = [];

    public void Add(ProcessReading reading) => _readings.Add(reading);

    /// <summary>Asserts that neither memory nor handles nor threads have grown.</summary>
    public void AssertFlat()
    {
        var (early, late) = Quarters();
        Assert.True(late.Own <= (early.Own * (1 + MostGrowth)) + Slack, $"memory grew: {Describe()}");
        Assert.True(late.Handles + late.StoreHandles <= early.Handles + early.StoreHandles + MostHandles, $"handles grew: {Describe()}");
        AssertHandles();
    }

    /// <summary>Asserts that handles and threads have not grown, which holds soon after the start. Those of the store count apart: a session more is opened where more threads than ever before read at once.</summary>
    public void AssertHandles()
    {
        var (early, late) = Quarters();
        Assert.True(late.Handles <= early.Handles + MostHandles, $"handles grew: {Describe()}");
        Assert.True(late.StoreHandles <= early.StoreHandles + MostHandles, $"handles of the store grew: {Describe()}");
        Assert.True(late.Threads <= early.Threads + MostThreads, $"threads grew: {Describe()}");
    }

    /// <summary>Tells the figures in one line.</summary>
    public string Describe()
    {
        var (early, late) = Quarters();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: memory of its own {Mebibytes(early.Own):F1} → {Mebibytes(late.Own):F1} MiB ({Mebibytes(_readings.Max(reading => reading.Own)):F1} at the most), handles {early.Handles} → {late.Handles} ({_readings.Max(reading => reading.Handles)}), of the store {early.StoreHandles} → {late.StoreHandles}, threads {early.Threads} → {late.Threads}, {_readings.Count} readings; memory by twelfths of the time: {string.Join(' ', Twelfths())}");
    }

    private static double Mebibytes(long octets) => octets / 1048576.0;

    private IEnumerable<string> Twelfths() => _readings.Chunk(Math.Max(1, _readings.Count / 12)).Select(chunk => string.Create(CultureInfo.InvariantCulture, $"{Mebibytes(Median([.. chunk]).Own):F0}"));

    private (ProcessReading Early, ProcessReading Late) Quarters()
    {
        var warm = _readings[(_readings.Count / 3)..];
        var quarter = Math.Max(1, warm.Count / 4);
        return (Median(warm[..quarter]), Median(warm[^quarter..]));
    }

    private static ProcessReading Median(List<ProcessReading> readings) => new(
        readings.Select(reading => reading.Own).Order().ElementAt(readings.Count / 2),
        readings.Select(reading => reading.Handles).Order().ElementAt(readings.Count / 2),
        readings.Select(reading => reading.StoreHandles).Order().ElementAt(readings.Count / 2),
        readings.Select(reading => reading.Threads).Order().ElementAt(readings.Count / 2));
}
