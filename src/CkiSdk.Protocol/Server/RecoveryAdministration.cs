using CkiSdk.Pki.Names;
using CkiSdk.Protocol.CmaExchanges;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what approvers do with requests for recovered keys (CKI Part 2 §III.H): two different people must approve each.</summary>
public sealed class RecoveryAdministration
{
    private readonly CmaContext _cma;

    internal RecoveryAdministration(CmaContext cma) => _cma = cma;

    /// <summary>Lists all requests, the oldest first, each with the approvers whose approval counts: not those who are revoked since, may not approve any more or have another key.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<RecoveryCase>> ListAsync(CancellationToken cancellationToken = default)
    {
        var state = await _cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);
        return [.. (await _cma.Store.ListRecoveryCasesAsync(cancellationToken).ConfigureAwait(false)).Select(found => RecoveryCases.Standing(found, state))];
    }

    /// <summary>Approves a request.</summary>
    /// <param name="id">The identifier of the case.</param>
    /// <param name="approver">Who approves; that it is he is for the caller to make sure of.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">There is no such case.</exception>
    /// <exception cref="InvalidOperationException">He is no approver, or was not yet when the request was made; he has approved it before or is the requester himself; or the case was refused.</exception>
    public ValueTask ApproveAsync(string id, DistinguishedName approver, CancellationToken cancellationToken = default) => ApproveAsync(id, approver, why: null, cancellationToken);

    /// <summary>Approves a request, and keeps in the audit log why.</summary>
    /// <param name="id">The identifier of the case.</param>
    /// <param name="approver">Who approves; that it is he is for the caller to make sure of.</param>
    /// <param name="why">Why; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">There is no such case.</exception>
    /// <exception cref="InvalidOperationException">He is no approver, or was not yet when the request was made; he has approved it before or is the requester himself; or the case was refused.</exception>
    public ValueTask ApproveAsync(string id, DistinguishedName approver, string? why, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        approver,
        "recovery.approved",
        why,
        (found, peer) => found.Approvers.Contains(peer.CanonicalName, StringComparer.Ordinal) || found.Transaction.Sender == peer.CanonicalName
            ? throw new InvalidOperationException($"{approver} has approved case {id} before, or has made the request: somebody else must approve it.")
            : peer.ApprovesFrom is not { } from || from > found.AskedAt
            ? throw new InvalidOperationException($"{approver} approves what is asked for from {peer.ApprovesFrom:u}, and case {id} was asked for at {found.AskedAt:u}: somebody else must approve it.")
            : found with { Approvers = [.. found.Approvers, peer.CanonicalName] },
        cancellationToken);

    /// <summary>Refuses a request for good.</summary>
    /// <param name="id">The identifier of the case.</param>
    /// <param name="approver">The approver who refuses.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">There is no such case.</exception>
    /// <exception cref="InvalidOperationException">He is no approver, or the case was refused before.</exception>
    public ValueTask RefuseAsync(string id, DistinguishedName approver, CancellationToken cancellationToken = default) => RefuseAsync(id, approver, why: null, cancellationToken);

    /// <summary>Refuses a request for good, and keeps in the audit log why.</summary>
    /// <param name="id">The identifier of the case.</param>
    /// <param name="approver">The approver who refuses.</param>
    /// <param name="why">Why; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="KeyNotFoundException">There is no such case.</exception>
    /// <exception cref="InvalidOperationException">He is no approver, or the case was refused before.</exception>
    public ValueTask RefuseAsync(string id, DistinguishedName approver, string? why, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, approver, "recovery.refused", why, (found, peer) => found with { RefusedBy = peer.CanonicalName }, cancellationToken);

    private async ValueTask ChangeAsync(string id, DistinguishedName approver, string what, string? why, Func<RecoveryCase, StoredPeer, RecoveryCase> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approver);
        await _cma.CommitAsync(
            async () =>
            {
                var state = await _cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);
                if (!PartyDirectory.KindsOf(approver, state).HasFlag(PartyKinds.RecoveryApprover) || state.FindPeer(approver.Canonical) is not { } peer)
                {
                    throw new InvalidOperationException($"{approver} is no approver here, or is revoked.");
                }

                var found = (await _cma.Store.ListRecoveryCasesAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Id == id)
                    ?? throw new KeyNotFoundException($"There is no recovery case {id}.");
                return found.RefusedBy is { } refuser
                    ? throw new InvalidOperationException($"Case {id} was refused by {await NameOfAsync(refuser, cancellationToken).ConfigureAwait(false)}.")
                    : [new StoreChange.PutRecoveryCase(change(found, peer)), new StoreChange.Audit(new AuditEntry(_cma.Now, what, peer.CanonicalName, why is null ? $"case {id}" : $"case {id}; why: {why}"))];
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<string> NameOfAsync(string canonical, CancellationToken cancellationToken) =>
        await _cma.Store.FindPeerAsync(canonical, cancellationToken).ConfigureAwait(false) is { } peer ? DistinguishedName.Decode(peer.Name).ToString() : canonical;
}
