namespace CkiSdk.Web.State;

/// <summary>Says how a key or a list stands at a moment.</summary>
internal enum Standing
{
    /// <summary>Its time begins later.</summary>
    Coming,

    /// <summary>It is in effect.</summary>
    InEffect,

    /// <summary>It is in effect, ends soon, and nothing follows it yet.</summary>
    EndsSoon,

    /// <summary>Its time is over.</summary>
    Ended,
}
