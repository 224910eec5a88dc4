namespace CkiSdk.Protocol.Client;

/// <summary>Is the announcement taken last: transports may deliver it once more, which changes nothing.</summary>
internal sealed record TakenAnnouncement(byte[] Hash, AgentAnnouncement Announcement);
