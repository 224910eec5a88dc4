namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps the audit log. Entries are only added, by <see cref="StoreChange.Audit"/>, in the unit of work of what they tell.</summary>
public interface IAuditStore
{
    /// <summary>Reads the audit log; <see cref="AuditChain.Verify"/> checks it.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<AuditLog> ReadAuditAsync(CancellationToken cancellationToken = default);
}
