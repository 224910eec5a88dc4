namespace CkiSdk.Cli.Invocation;

/// <summary>Lists the exit codes of <c>cki</c>.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>What was checked has errors.</summary>
    public const int CheckFailed = 1;

    /// <summary>The command line is wrong, or what it names cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>The other party said no, or broke the protocol.</summary>
    public const int Rejected = 3;

    /// <summary>The other party has not decided yet, or something must be done elsewhere first.</summary>
    public const int Waiting = 4;

    /// <summary>No connection, or it broke; an address that cannot be listened at.</summary>
    public const int Transport = 5;

    /// <summary>A certificate or signature is not trusted.</summary>
    public const int NotTrusted = 6;

    /// <summary>What was looked for is not there.</summary>
    public const int NotFound = 7;

    /// <summary>All is well, but something expires soon.</summary>
    public const int ExpiresSoon = 8;

    /// <summary>A fault of the program itself or of its machine.</summary>
    public const int Internal = 70;

    /// <summary>Stopped by Ctrl-C or SIGTERM before the command was done.</summary>
    public const int Stopped = 130;
}
