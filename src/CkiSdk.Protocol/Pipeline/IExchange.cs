using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Handles the messages with one body.</summary>
internal interface IExchange
{
    /// <summary>Gets the alternative of PKIBody that it handles.</summary>
    Type Body { get; }

    /// <summary>Gets whether what it decides, such as announcements, takes a turn: such ones are decided and committed one at a time, by all processes on the store.</summary>
    bool TakesTurns { get; }

    /// <summary>Gets whether nothing is lost but time if it decides what was answered before: then nobody has to look for an answer first where none is likely.</summary>
    bool MayDecideInVain { get; }

    /// <summary>Gets whether something may have to follow its answers.</summary>
    bool IsFollowed { get; }

    /// <summary>Says whether the sender may ask just this; nothing is stored for those who may not.</summary>
    /// <returns>Why not; null where he may.</returns>
    ValueTask<Rejection?> AuthoriseAsync(Received received, CancellationToken cancellationToken);

    /// <summary>Decides. It is called again where the state has changed before the decision could be committed.</summary>
    ValueTask<Decision> DecideAsync(Received received, CancellationToken cancellationToken);

    /// <summary>Works out what must follow an answer. It is the same each time, under a new time (profile section 4, Exactly once), so that whoever it tells may take something old for the latest.</summary>
    /// <param name="answer">The answer, whose message has its time already.</param>
    /// <param name="received">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoreChange>> FollowAsync(PKIBody answer, Received received, CancellationToken cancellationToken);
}
