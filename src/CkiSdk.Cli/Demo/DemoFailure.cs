using CkiSdk.Protocol;

namespace CkiSdk.Cli.Demo;

/// <summary>Turns what ended the demo into an exit code.</summary>
internal static class DemoFailure
{
    /// <summary>Returns the exit code for a failure; 0 for none.</summary>
    /// <param name="failure">What ended the demo.</param>
    public static int ExitCode(Exception? failure) => failure switch
    {
        null => ExitCodes.Ok,
        CkiProtocolException => ExitCodes.Rejected,
        CkiTransportException => ExitCodes.Transport,
        _ => ExitCodes.Internal,
    };
}
