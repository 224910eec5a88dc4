namespace CkiSdk.Transports.Mail.Servers;

/// <summary>Is a mail in a mailbox.</summary>
/// <param name="Id">Its identifier, the same in every session.</param>
/// <param name="Size">Its octets.</param>
/// <param name="ContentType">Its field Content-Type; null where it has none.</param>
/// <param name="Arrived">When it arrived; null where the server does not say.</param>
internal sealed record MailEntry(string Id, long Size, string? ContentType, DateTimeOffset? Arrived);
