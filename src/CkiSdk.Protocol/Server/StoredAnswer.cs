namespace CkiSdk.Protocol.Server;

/// <summary>Is the final answer of a transaction, kept so that the same request gets the same octets again.</summary>
/// <param name="RequestHash">The SHA-256 of the DER of the request's body.</param>
/// <param name="Body">The DER of the answer's body.</param>
/// <param name="Text">The text for people that went with it; null for none.</param>
/// <param name="AnsweredAt">When it was first given.</param>
public sealed record StoredAnswer(ReadOnlyMemory<byte> RequestHash, ReadOnlyMemory<byte> Body, string? Text, DateTimeOffset AnsweredAt);
