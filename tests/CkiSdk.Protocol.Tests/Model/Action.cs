namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Lists what a script may do.</summary>
internal enum Action
{
    /// <summary>A user asks for a send certificate.</summary>
    AskSend,

    /// <summary>A user asks for the receive certificate of another.</summary>
    AskReceive,

    /// <summary>A user seals a message for another, who opens it.</summary>
    Seal,

    /// <summary>A CMA revokes a user.</summary>
    Revoke,

    /// <summary>A CMA takes a revocation back.</summary>
    Restore,

    /// <summary>One announcement goes from one authority to another.</summary>
    Carry,

    /// <summary>A user takes one announcement.</summary>
    Fetch,

    /// <summary>An authority starts anew on its store.</summary>
    Restart,

    /// <summary>A CMA asks the TLCMA for its keys.</summary>
    AskDomains,

    /// <summary>A CMA asks the other for a common key.</summary>
    AskPeer,

    /// <summary>Days pass, and the CMAs do what is due.</summary>
    Wait,

    /// <summary>A message that was thought lost arrives.</summary>
    ArriveLate,

    /// <summary>A CMA is backed up.</summary>
    BackUp,

    /// <summary>A CMA goes on from its backup, and its operator repeats what he has done since.</summary>
    SetBack,
}
