using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is what a session that writes remembers, so that what changes with each operation is written once for many.</summary>
internal sealed class GroupState
{
    /// <summary>Gets or sets the head of the audit log, once an entry was written in the present transaction; null where it stands in its table as it is.</summary>
    public AuditHead? Head { get; set; }

    /// <summary>Gets where the marks of answers are moved.</summary>
    public MarkStretch Answers { get; } = new();

    /// <summary>Gets where the marks of certificates are moved.</summary>
    public MarkStretch Subjects { get; } = new();
}
