using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Is what an exchange decides about a message; nothing of it has happened yet.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Gets the changes that are committed with it.</summary>
    public IReadOnlyList<StoreChange> Changes { get; init; } = [];

    /// <summary>Answers a request.</summary>
    /// <param name="Body">The answer.</param>
    /// <param name="Text">A text for people; null for none.</param>
    public sealed record Answered(PKIBody Body, string? Text = null) : Decision;

    /// <summary>Refuses a request or an announcement.</summary>
    /// <param name="Rejection">Why.</param>
    public sealed record Refused(Rejection Rejection) : Decision;

    /// <summary>Answers that the final answer comes later; it is worked out anew when it is asked for.</summary>
    /// <param name="Body">The body with the status waiting.</param>
    /// <param name="Text">A text for people.</param>
    /// <param name="CheckBack">When to ask again.</param>
    public sealed record Waiting(PKIBody Body, string Text, DateTimeOffset CheckBack) : Decision;

    /// <summary>Takes an announcement or an answer.</summary>
    /// <param name="Status">What the answer said; null for an announcement.</param>
    /// <param name="Text">What it said for people.</param>
    public sealed record Taken(PKIStatusInfo? Status = null, string? Text = null) : Decision
    {
        /// <summary>Gets whether it ends the transaction; an answer that is waiting does not.</summary>
        public bool IsFinal => Status is null || Status.Status != PKIStatus.Waiting;
    }
}
