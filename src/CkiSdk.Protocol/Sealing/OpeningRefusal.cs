namespace CkiSdk.Protocol.Sealing;

/// <summary>Says why a message was not opened.</summary>
public enum OpeningRefusal
{
    /// <summary>It was opened.</summary>
    None,

    /// <summary>Its parts are not those of a message of this scheme (profile section 5).</summary>
    NotSealed,

    /// <summary>None of its receive certificates is the user's.</summary>
    NotAddressed,

    /// <summary>Its certificates are of a CMA that is not trusted.</summary>
    UnknownIssuer,

    /// <summary>A certificate, or how they belong together, breaks a rule; among the reasons is another CMA that poses as the sender's.</summary>
    WrongCertificate,

    /// <summary>There is no current revocation list of the CMA.</summary>
    NoCurrentList,

    /// <summary>The send or the receive certificate, or the CMA certificate, is revoked.</summary>
    Revoked,

    /// <summary>The private key of the receive certificate is not to be had: its seed key is unknown.</summary>
    NoKey,

    /// <summary>The content did not decrypt; for what reason, nobody is told.</summary>
    NotAuthentic,

    /// <summary>The signature inside is not good.</summary>
    BadSignature,
}
