namespace CkiSdk.Transports.Tcp;

/// <summary>Names the flag octet of a frame (RFC 2510 §5.2).</summary>
public enum TcpFrameFlag : byte
{
    /// <summary>pkiMsg: a PKIMessage.</summary>
    PkiMsg = 0,

    /// <summary>pollRep: no answer yet, ask again under a reference.</summary>
    PollRep = 1,

    /// <summary>pollReq: asks for the answer under a reference.</summary>
    PollReq = 2,

    /// <summary>negPollRep: nothing further will come.</summary>
    NegPollRep = 3,

    /// <summary>partialMsgRep: a part of the answer, and a reference for the rest.</summary>
    PartialMsgRep = 4,

    /// <summary>finalMsgRep: the answer.</summary>
    FinalMsgRep = 5,

    /// <summary>errorMsgRep: words for a human reader.</summary>
    ErrorMsgRep = 6,
}
