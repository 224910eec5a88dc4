namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Is the decision about a mail.</summary>
/// <param name="Fate">What becomes of it.</param>
/// <param name="After">When to look at it again where it is due once more.</param>
/// <param name="Key">Which request it answers, where somebody may come to wait for it.</param>
internal sealed record MailVerdict(MailFate Fate, DateTimeOffset After = default, string? Key = null)
{
    /// <summary>Leaves a mail alone.</summary>
    public static MailVerdict Left { get; } = new(MailFate.Left);

    /// <summary>Takes a mail away.</summary>
    public static MailVerdict Done { get; } = new(MailFate.Done);

    /// <summary>Puts a mail aside.</summary>
    public static MailVerdict Failed { get; } = new(MailFate.Failed);
}
