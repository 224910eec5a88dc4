namespace CkiSdk.Protocol.Storage;

/// <summary>Is what a check of an audit log has found.</summary>
/// <param name="Entries">How many entries are as they were written, from the first on.</param>
/// <param name="Head">The head of the log as far as it holds together.</param>
/// <param name="BrokenAt">The number of the first entry that is not as it was written; null where all are.</param>
/// <param name="Reason">What is wrong; null where nothing is.</param>
public sealed record AuditFinding(int Entries, AuditHead Head, long? BrokenAt, string? Reason)
{
    /// <summary>Gets whether the log is as it was written.</summary>
    public bool IsIntact => Reason is null;
}
