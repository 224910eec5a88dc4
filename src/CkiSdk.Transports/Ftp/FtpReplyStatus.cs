namespace CkiSdk.Transports.Ftp;

/// <summary>Says what reading a reply came to.</summary>
internal enum FtpReplyStatus
{
    /// <summary>More octets are needed.</summary>
    NeedMore,

    /// <summary>There is a reply.</summary>
    Reply,

    /// <summary>The octets are no reply, and nothing that follows makes them one.</summary>
    Violation,
}
