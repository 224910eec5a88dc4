using CkiSdk.Protocol.Storage;

namespace CkiSdk.Web.State;

/// <summary>Checks the audit log a stretch at a time, each time that somebody asks, and remembers how far it has come, so that no request takes long.</summary>
/// <param name="store">The store.</param>
/// <param name="one">Lets one in at a time.</param>
internal sealed class AuditCheck(ICmaStore store, SemaphoreSlim one)
{
    /// <summary>How many entries one request checks at most.</summary>
    public const int MostAtOnce = 20_000;

    private AuditVerifier _verifier = new();

    /// <summary>Goes on with the check, or begins again at the first entry.</summary>
    /// <param name="isAnew">Whether it begins again.</param>
    /// <param name="most">How many entries are checked.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>From which entry on and to which one it has checked now, and the finding about the whole, where the end was reached or a fault found.</returns>
    public async Task<(long From, long To, AuditFinding? Finding)> GoOnAsync(bool isAnew, int most, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (isAnew || _verifier.Fault is not null)
            {
                _verifier = new AuditVerifier();
            }

            var from = _verifier.Head.Number + 1;
            var finding = await _verifier.GoOnAsync(store, most, cancellationToken).ConfigureAwait(false);
            return (from, _verifier.Head.Number, finding);
        }
        finally
        {
            one.Release();
        }
    }
}
