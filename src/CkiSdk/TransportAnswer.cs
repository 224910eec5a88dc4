using CkiSdk.Protocol;

namespace CkiSdk;

/// <summary>Is what came back for a message: an answer, an answer that is not the last one, nothing, or a refusal.</summary>
public sealed record TransportAnswer
{
    /// <summary>Gets the DER of the answering PKIMessage; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Message { get; init; }

    /// <summary>Gets the services that the answer had on its way.</summary>
    public required SecurityServices Services { get; init; }

    /// <summary>Gets the party that answered, as the transport authenticated it; null where it did not.</summary>
    public required Peer? Peer { get; init; }

    /// <summary>Gets when to ask again; null where the answer is final.</summary>
    public DateTimeOffset? CheckBack { get; init; }

    /// <summary>Gets whether a final answer is still to come; <see cref="Message"/> then holds what was said meanwhile, if anything.</summary>
    public bool IsWaiting => CheckBack is not null;

    /// <summary>Gets the peer's words when it took the octets for no message that can be answered; null otherwise.</summary>
    /// <remarks>To send the same octets again makes no sense.</remarks>
    public string? Refusal { get; init; }

    /// <summary>Gets whether the message was taken and there is nothing to say, as for an announcement.</summary>
    public bool IsAccepted => Message is null && !IsWaiting && Refusal is null;
}
