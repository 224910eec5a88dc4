using System.Runtime.InteropServices;

namespace CkiSdk.Cli;

/// <summary>Starts <c>cki</c> and hands it the signals of its process.</summary>
internal static class Program
{
    /// <summary>Runs one command. The first signal stops it in order; the second one ends the process as if nobody had asked for it.</summary>
    /// <param name="args">The words behind the program's name.</param>
    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await CommandLine.RunAsync(args, Console.Out, Console.Error, stop.Token).ConfigureAwait(false);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
