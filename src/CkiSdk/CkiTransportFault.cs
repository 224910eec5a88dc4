namespace CkiSdk;

/// <summary>Says what went wrong on the wire.</summary>
public enum CkiTransportFault
{
    /// <summary>The connection was cut, or closed before the answer was complete.</summary>
    Cut,

    /// <summary>Nobody listens at the address, or it cannot be reached.</summary>
    Unreachable,

    /// <summary>The other side took longer than the configuration allows.</summary>
    TimedOut,

    /// <summary>One side did not accept the other's certificate or protocol version; look at certificates and anchors before trying again.</summary>
    NotAuthenticated,

    /// <summary>The other side sent what the transport's mapping does not allow.</summary>
    Violation,
}
