namespace CkiSdk.Transports.Tcp;

/// <summary>Says what the octets received so far are.</summary>
public enum TcpFrameStatus
{
    /// <summary>The beginning of a frame; more octets are needed.</summary>
    NeedMore,

    /// <summary>At least one whole frame.</summary>
    Frame,

    /// <summary>Something that no further octets can make a frame; the connection is of no more use.</summary>
    Violation,
}
