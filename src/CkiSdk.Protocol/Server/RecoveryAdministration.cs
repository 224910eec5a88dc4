using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what approvers do with requests for recovered keys (CKI Part 2 §III.H): two different people must approve each.</summary>
public sealed class RecoveryAdministration
{
    private readonly CmaContext _cma;

    internal RecoveryAdministration(CmaContext cma) => _cma = cma;

    /// <summary>Lists all requests, the oldest first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<IReadOnlyList<RecoveryCase>> ListAsync(CancellationToken cancellationToken = default) => _cma.Store.ListRecoveryCasesAsync(cancellationToken);

    /// <summary>Approves a request.</summary>
    /// <param name="id">The identifier of the case.</param>
    /// <param name="approver">Who approves.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">There is no such case.</exception>
    /// <exception cref="InvalidOperationException">The approver has approved it before or is the requester himself, or the case was refused.</exception>
    public ValueTask ApproveAsync(string id, string approver, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        approver,
        "recovery.approved",
        found => found.Approvers.Contains(approver, StringComparer.OrdinalIgnoreCase) || string.Equals(found.Transaction.Sender, approver, StringComparison.OrdinalIgnoreCase)
            ? throw new InvalidOperationException($"{approver} has approved case {id} before, or has made the request: somebody else must approve it.")
            : found with { Approvers = [.. found.Approvers, approver] },
        cancellationToken);

    /// <summary>Refuses a request for good.</summary>
    /// <param name="id">The identifier of the case.</param>
    /// <param name="approver">Who refuses.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">There is no such case.</exception>
    /// <exception cref="InvalidOperationException">The case was refused before.</exception>
    public ValueTask RefuseAsync(string id, string approver, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, approver, "recovery.refused", found => found with { RefusedBy = approver }, cancellationToken);

    private async ValueTask ChangeAsync(string id, string approver, string what, Func<RecoveryCase, RecoveryCase> change, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(approver);
        await _cma.CommitAsync(
            async () =>
            {
                var found = (await _cma.Store.ListRecoveryCasesAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Id == id)
                    ?? throw new KeyNotFoundException($"There is no recovery case {id}.");
                return found.RefusedBy is { } refuser
                    ? throw new InvalidOperationException($"Case {id} was refused by {refuser}.")
                    : [new StoreChange.PutRecoveryCase(change(found)), new StoreChange.Audit(new AuditEntry(_cma.Now, what, approver, $"case {id}"))];
            },
            cancellationToken).ConfigureAwait(false);
    }
}
