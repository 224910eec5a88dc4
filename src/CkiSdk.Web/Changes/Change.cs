using CkiSdk.Protocol;
using CkiSdk.Web.Access;

namespace CkiSdk.Web.Changes;

/// <summary>Is something that a form changes.</summary>
/// <param name="Path">Where its form goes, below the root.</param>
/// <param name="ReturnsTo">The page to look at afterwards.</param>
/// <param name="IsAllowed">Whether a visitor may do it.</param>
/// <param name="DoAsync">Does it; returns why nothing was changed, with the state of the answer, or null.</param>
internal sealed record Change(string Path, string ReturnsTo, Func<Visitor, bool> IsAllowed, Func<Peer, ChangeForm, CancellationToken, ValueTask<Refusal?>> DoAsync);
