namespace CkiSdk.Protocol.Storage;

/// <summary>Is an event that the audit log keeps for ever.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Event">What happened, as a short word with dots, such as <c>certificate.issued</c>.</param>
/// <param name="Party">Whose doing it was, in canonical form, or the word for what did it here.</param>
/// <param name="Detail">What it was about; no secret.</param>
public sealed record AuditEntry(DateTimeOffset At, string Event, string Party, string Detail);
