using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Handles the messages with one body.</summary>
internal interface IExchange
{
    /// <summary>Gets the alternative of PKIBody that it handles.</summary>
    Type Body { get; }

    /// <summary>Gets whether it may make announcements; such ones are decided and committed one at a time.</summary>
    bool Announces { get; }

    /// <summary>Says whether the sender may ask just this; nothing is stored for those who may not.</summary>
    /// <returns>Why not; null where he may.</returns>
    ValueTask<Rejection?> AuthoriseAsync(Received received, CancellationToken cancellationToken);

    /// <summary>Decides. It is called again where the state has changed before the decision could be committed.</summary>
    ValueTask<Decision> DecideAsync(Received received, CancellationToken cancellationToken);
}
