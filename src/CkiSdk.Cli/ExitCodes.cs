namespace CkiSdk.Cli;

/// <summary>Lists the exit codes of <c>cki</c>.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>What was checked has errors.</summary>
    public const int CheckFailed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The other party said no.</summary>
    public const int Rejected = 3;

    /// <summary>No connection, or it broke.</summary>
    public const int Transport = 5;

    /// <summary>A fault of the program itself.</summary>
    public const int Internal = 70;
}
