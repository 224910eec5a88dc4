namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps the audit log. Entries are only added, by <see cref="StoreChange.Audit"/>, in the unit of work of what they tell.</summary>
public interface IAuditStore
{
    /// <summary>Reads the whole audit log; <see cref="AuditChain.Verify"/> checks it. A long one is better read in parts.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<AuditLog> ReadAuditAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a part of the audit log, and its head at the same moment; <see cref="AuditVerifier"/> checks it part by part.</summary>
    /// <param name="after">The number after which the part begins; 0 for the first entry.</param>
    /// <param name="most">How many entries are read at most; 0 for the head alone.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<AuditLog> ReadAuditPartAsync(long after, int most, CancellationToken cancellationToken = default);
}
