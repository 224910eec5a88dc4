using System.Diagnostics;
using System.Globalization;

namespace CkiSdk.Fuzz;

/// <summary>Runs a target for some seconds over its corpus and over mutations of it, always in the same order.</summary>
/// <param name="target">The target.</param>
internal sealed class SmokeRun(IFuzzTarget target)
{
    private const int Seed = 20_260_101;
    private const int MostCrashes = 5;
    private readonly string _root = Root(target.Name);
    private List<byte[]> _pool = [];
    private LastInput? _last;
    private int _inputs;
    private int _accepted;
    private int _crashes;

    /// <summary>Runs and prints the line <c>TARGET: N inputs, M accepted, K crashes</c>; returns whether there was none of the last.</summary>
    public bool Run(TimeSpan time)
    {
        _pool = [.. Directory.GetFiles(Path.Combine(_root, "fuzz", "corpus", target.Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes), .. target.Seeds];
        using var last = _last = new LastInput(_root, target.Name);
        var mutator = new Mutator(Seed, target.Tokens);
        var clock = Stopwatch.StartNew();
        var files = _pool.Count;
        foreach (var input in _pool.ToArray()) Try(input, keep: false);
        while (clock.Elapsed < time && _crashes < MostCrashes)
        {
            // Mutations of what was accepted go deeper than mutations of what was refused.
            Try(mutator.Mutate(_pool), keep: _pool.Count < 20 * files + 200);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {_inputs} inputs, {_accepted} accepted, {_crashes} crashes"));
        return _crashes == 0;
    }

    private void Try(byte[] input, bool keep)
    {
        _inputs++;
        _last!.Note(input);
        try
        {
            if (!target.Try(input)) return;
            _accepted++;
            if (keep) _pool.Add(input);
        }
        catch (Exception exception)
        {
            _crashes++;
            Console.WriteLine($"{target.Name}: {exception.GetType().Name}: {exception.Message}\n  input: {Convert.ToHexString(input)}\n{exception.StackTrace}");
        }
    }

    private static string Root(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "fuzz", "corpus", name))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"There is no folder fuzz/corpus/{name} above {AppContext.BaseDirectory}.");
    }
}
