using System.Diagnostics;
using System.Globalization;

namespace CkiSdk.Cli.Demo;

/// <summary>Times the steps of the demo and tells of each in one line.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class StepRecorder(TextWriter output)
{
    private readonly List<DemoStep> _steps = [];

    /// <summary>Gets the steps done so far.</summary>
    public IReadOnlyList<DemoStep> Steps => _steps;

    /// <summary>Runs one step.</summary>
    /// <param name="paragraph">Its paragraph of Annex C.</param>
    /// <param name="text">What it does.</param>
    /// <param name="step">The step.</param>
    public async Task<T> RunAsync<T>(string paragraph, string text, Func<Task<T>> step)
    {
        var start = Stopwatch.GetTimestamp();
        var ok = false;
        try
        {
            var result = await step().ConfigureAwait(false);
            ok = true;
            return result;
        }
        finally
        {
            var milliseconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1);
            _steps.Add(new DemoStep(paragraph, text, ok, milliseconds));
            var time = milliseconds.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(8);
            await output.WriteLineAsync($"{(ok ? '✓' : '✗')} {paragraph,-5} {time} ms  {text}").ConfigureAwait(false);
        }
    }
}
