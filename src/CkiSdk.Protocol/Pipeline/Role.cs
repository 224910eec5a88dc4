namespace CkiSdk.Protocol.Pipeline;

/// <summary>Says what this party is.</summary>
internal enum Role
{
    /// <summary>A top level CMA.</summary>
    Tlcma,

    /// <summary>A CMA.</summary>
    Cma,

    /// <summary>A user agent.</summary>
    UserAgent,
}
