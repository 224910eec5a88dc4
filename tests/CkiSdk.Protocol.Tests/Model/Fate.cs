namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Lists what the network does to a message.</summary>
internal enum Fate
{
    /// <summary>It arrives, and so does its answer.</summary>
    Arrives,

    /// <summary>It is lost, or comes much later.</summary>
    IsLost,

    /// <summary>It arrives, and the answer or the acknowledgement is lost.</summary>
    LosesItsAnswer,

    /// <summary>It arrives twice.</summary>
    ComesTwice,
}
