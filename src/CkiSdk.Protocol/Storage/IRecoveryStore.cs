namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps requests for recovered keys and the audit log.</summary>
public interface IRecoveryStore
{
    /// <summary>Lists all requests for recovered keys, the oldest first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<RecoveryCase>> ListRecoveryCasesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the entries of the audit log, the oldest first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<AuditEntry>> ListAuditAsync(CancellationToken cancellationToken = default);
}
