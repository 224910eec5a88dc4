namespace CkiSdk.Transports.Mail.Accounts;

/// <summary>Says what becomes of a mail.</summary>
internal enum MailFate
{
    /// <summary>It has not been looked at, or shall be once more.</summary>
    Due,

    /// <summary>Somebody works on it.</summary>
    InWork,

    /// <summary>It is not ours: it stays, and is not looked at again.</summary>
    Left,

    /// <summary>It was dealt with, and what came of it is durable.</summary>
    Done,

    /// <summary>It is ours, and nothing can answer it.</summary>
    Failed,
}
