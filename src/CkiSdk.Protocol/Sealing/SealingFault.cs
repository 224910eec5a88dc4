namespace CkiSdk.Protocol.Sealing;

/// <summary>Is what keeps a message from being sealed or opened.</summary>
/// <param name="Refusal">The kind.</param>
/// <param name="Reason">The words, with field and paragraph.</param>
internal sealed record SealingFault(OpeningRefusal Refusal, string Reason);
