namespace CkiSdk.Protocol.Storage;

/// <summary>Is the end of a transaction, kept so that the same message has the same effect once and gets the same octets again.</summary>
/// <param name="RequestHash">The SHA-256 of the DER of the message's body.</param>
/// <param name="Body">The DER of the answer's body; empty where the message was an announcement or an answer, which is taken and not answered.</param>
/// <param name="Text">The text for people that went with it; null for none.</param>
/// <param name="AnsweredAt">When it was first given.</param>
public sealed record StoredAnswer(ReadOnlyMemory<byte> RequestHash, ReadOnlyMemory<byte> Body, string? Text, DateTimeOffset AnsweredAt);
