namespace CkiSdk.Cli.Homes;

/// <summary>Lists the kinds of homes, as they stand in the configuration.</summary>
internal static class HomeKind
{
    /// <summary>The home of a CMA.</summary>
    public const string Cma = "cma";

    /// <summary>The home of a TLCMA.</summary>
    public const string Tlcma = "tlcma";

    /// <summary>The home of a user.</summary>
    public const string User = "user";
}
