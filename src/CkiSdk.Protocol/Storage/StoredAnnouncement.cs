namespace CkiSdk.Protocol.Storage;

/// <summary>Is a message that waits in the outbox until its recipient has acknowledged it.</summary>
/// <param name="Number">Its number; smaller ones go first.</param>
/// <param name="Message">The DER of the PKIMessage.</param>
public sealed record StoredAnnouncement(long Number, ReadOnlyMemory<byte> Message);
