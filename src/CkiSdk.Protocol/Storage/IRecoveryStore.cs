namespace CkiSdk.Protocol.Storage;

/// <summary>Keeps requests for recovered keys.</summary>
public interface IRecoveryStore
{
    /// <summary>Lists all requests for recovered keys, the oldest first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<RecoveryCase>> ListRecoveryCasesAsync(CancellationToken cancellationToken = default);
}
