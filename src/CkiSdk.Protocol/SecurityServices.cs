namespace CkiSdk.Protocol;

/// <summary>Lists the services that protected a message on its way (CKI Part 2 ¶17–20, profile section 3).</summary>
[Flags]
public enum SecurityServices
{
    /// <summary>Nothing is known of where the message was.</summary>
    None = 0,

    /// <summary>The transport knows who sent the message.</summary>
    OriginAuthentication = 1,

    /// <summary>The message arrived as it was sent.</summary>
    Integrity = 2,

    /// <summary>Nobody else could read the message.</summary>
    Confidentiality = 4,

    /// <summary>All three.</summary>
    All = OriginAuthentication | Integrity | Confidentiality,
}
