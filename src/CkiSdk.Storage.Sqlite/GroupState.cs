using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage.Sqlite;

/// <summary>Is what a session that writes remembers, so that what changes with each operation is written, or computed, once for many.</summary>
internal sealed class GroupState
{
    private (TransactionKey Transaction, long Mark)? _owner;

    /// <summary>Gets or sets the head of the audit log, once an entry was written in the present transaction; null where it stands in its table as it is.</summary>
    public AuditHead? Head { get; set; }

    /// <summary>Gets where the marks of answers are moved.</summary>
    public MarkStretch Answers { get; } = new();

    /// <summary>Gets where the marks of certificates are moved.</summary>
    public MarkStretch Subjects { get; } = new();

    /// <summary>Computes the mark of the transaction for which serial numbers are taken; mostly it is the one of the time before.</summary>
    public long OwnerOf(TransactionKey transaction)
    {
        if (_owner is { } owner && owner.Transaction == transaction) return owner.Mark;
        var mark = Marks.Of(transaction.Sender, transaction.TransactionId);
        _owner = (transaction, mark);
        return mark;
    }
}
