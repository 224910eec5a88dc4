namespace CkiSdk.Cli.Doctor;

/// <summary>Is the result of one check.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="State">One of the words below.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do; null where nothing.</param>
internal sealed record Finding(string Check, string State, string Detail, string? Remedy = null)
{
    /// <summary>It is as it should be.</summary>
    public const string Ok = "ok";

    /// <summary>It is not.</summary>
    public const string Bad = "bad";

    /// <summary>It is, but not for long.</summary>
    public const string Soon = "soon";

    /// <summary>Another machine is not reached.</summary>
    public const string Unreachable = "unreachable";
}
