namespace CkiSdk.Protocol;

/// <summary>Is an announcement that waits for a peer who asks for it.</summary>
/// <param name="Number">Its number, 1 or more: greater than those of all that waited before, and never used again.</param>
/// <param name="Message">The DER of the PKIMessage.</param>
public sealed record WaitingAnnouncement(long Number, ReadOnlyMemory<byte> Message);
