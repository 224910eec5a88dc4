using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Server;
using CkiSdk.Web.Access;
using CkiSdk.Web.Options;
using CkiSdk.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace CkiSdk.Web.Changes;

/// <summary>Does what forms ask for: the CMA decides, and keeps it in its audit log with who and why.</summary>
/// <param name="options">The configuration.</param>
internal sealed class CmaChanges(CmaPagesOptions options)
{
    /// <summary>Gets all changes.</summary>
    public IReadOnlyList<Change> All =>
    [
        new(RevokedPage.Revoke, RevokedPage.Place, visitor => visitor.IsOperator, RevokeAsync),
        new(RevokedPage.Restore, RevokedPage.Place, visitor => visitor.IsOperator, RestoreAsync),
        new(ApprovalsPage.Approve, ApprovalsPage.Place, visitor => visitor.IsApprover, (peer, form, cancellationToken) =>
            DecideAsync(form, id => options.Cma.Recovery.ApproveAsync(id, peer.Name, form.Reason, cancellationToken))),
        new(ApprovalsPage.Refuse, ApprovalsPage.Place, visitor => visitor.IsApprover, (peer, form, cancellationToken) =>
            DecideAsync(form, id => options.Cma.Recovery.RefuseAsync(id, peer.Name, form.Reason, cancellationToken))),
    ];

    private async ValueTask<Refusal?> RevokeAsync(Peer peer, ChangeForm form, CancellationToken cancellationToken) =>
        !RevokedPage.Reasons.TryGetValue(form[RevokedPage.CodeField], out var reason)
            ? new Refusal(StatusCodes.Status400BadRequest, "Choose one of the reasons.")
            : await ChangeAsync(form, user => options.Cma.Administration.RevokeAsync(user, reason.Reason, new OperatorNote(peer.Name, form.Reason), cancellationToken)).ConfigureAwait(false);

    private ValueTask<Refusal?> RestoreAsync(Peer peer, ChangeForm form, CancellationToken cancellationToken) =>
        ChangeAsync(form, user => options.Cma.Administration.RestoreAsync(user, new OperatorNote(peer.Name, form.Reason), cancellationToken));

    private static async ValueTask<Refusal?> ChangeAsync(ChangeForm form, Func<DistinguishedName, ValueTask<bool>> change)
    {
        if (!DistinguishedName.TryParse(form[RevokedPage.UserField], out var user) || user.Count == 0)
        {
            return new Refusal(StatusCodes.Status400BadRequest, "The user is no name as 'CN=A1,O=Domain A,C=GB'.");
        }

        try
        {
            return await change(user).ConfigureAwait(false) ? null : new Refusal(StatusCodes.Status404NotFound, $"{user} is not enrolled.");
        }
        catch (InvalidOperationException exception)
        {
            return new Refusal(StatusCodes.Status409Conflict, exception.Message);
        }
    }

    private static async ValueTask<Refusal?> DecideAsync(ChangeForm form, Func<string, ValueTask> decide)
    {
        try
        {
            await decide(form[ApprovalsPage.CaseField]).ConfigureAwait(false);
            return null;
        }
        catch (KeyNotFoundException)
        {
            return new Refusal(StatusCodes.Status404NotFound, "There is no such case.");
        }
        catch (InvalidOperationException exception)
        {
            return new Refusal(StatusCodes.Status409Conflict, exception.Message);
        }
    }
}
