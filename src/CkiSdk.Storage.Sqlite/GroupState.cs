using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is what a session that writes remembers within a transaction, so that what changes with each operation is written once.</summary>
internal sealed class GroupState
{
    /// <summary>Gets or sets the head of the audit log, once an entry was written; null where it stands in its table as it is.</summary>
    public AuditHead? Head { get; set; }

    /// <summary>Gets or sets how many answers were marked since marks were moved last.</summary>
    public int Marks { get; set; }

    /// <summary>Gets or sets where the next stretch of marks to move begins, counted from the lowest. The first one is anywhere, so that short lives of a process do not move the same marks each time.</summary>
    public ulong NextMark { get; set; } = (ulong)Random.Shared.NextInt64();
}
