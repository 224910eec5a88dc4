using System.Text;
using CkiSdk.Transports.Spool;

namespace CkiSdk.Transports.Ftp;

/// <summary>Is a message on an FTP server in the hands of one who handles it, and who gives signs of life meanwhile.</summary>
internal sealed class FtpClaim : SpoolClaim
{
    private readonly FtpSpool _spool;
    private readonly byte[] _octets;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Task _beating;
    private FtpClaimName _claim;
    private long _confirmedAt;
    private bool _isPutAway;

    /// <summary>Begins with the signs of life.</summary>
    /// <param name="spool">The spool.</param>
    /// <param name="claim">The name that the file has now.</param>
    /// <param name="octets">The message.</param>
    public FtpClaim(FtpSpool spool, FtpClaimName claim, byte[] octets)
    {
        (_spool, _claim, _octets) = (spool, claim, octets);
        _confirmedAt = Time.GetTimestamp();
        _beating = BeatAsync();
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Octets => _octets;

    /// <inheritdoc/>
    public override CancellationToken Lost => _lost.Token;

    private TimeProvider Time => _spool.Options.Time;

    private bool IsSure => Time.GetElapsedTime(_confirmedAt) < _spool.Options.Lease / 2;

    /// <inheritdoc/>
    public override async ValueTask<bool> HasAnswerAsync(CancellationToken cancellationToken) =>
        await _spool.Pool.RunAsync((connection, token) => connection.ExistsAsync(_spool.PathOf(SpoolNames.Out, _claim.Name + SpoolNames.Message), token), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask AnswerAsync(ReadOnlyMemory<byte> answer, DateTimeOffset? checkBack, CancellationToken cancellationToken)
    {
        await ConfirmAsync(cancellationToken).ConfigureAwait(false);
        if (checkBack is { } time) await _spool.WriteAsync(SpoolNames.Out, _claim.Name + SpoolNames.Time, SpoolReply.FromTime(time), cancellationToken).ConfigureAwait(false);
        await _spool.WriteAsync(SpoolNames.Out, _claim.Name + SpoolNames.Message, answer, cancellationToken).ConfigureAwait(false);
        await PutAwayAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask PutAwayAsync(CancellationToken cancellationToken) => MoveAsync(SpoolNames.Done, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask RefuseAsync(string text, CancellationToken cancellationToken)
    {
        await ConfirmAsync(cancellationToken).ConfigureAwait(false);
        await _spool.WriteAsync(SpoolNames.Failed, _claim.Name + SpoolNames.Words, Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        await MoveAsync(SpoolNames.Failed, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_isPutAway && !_lost.IsCancellationRequested)
        {
            try
            {
                await MoveAsync(SpoolNames.In, CancellationToken.None).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // It passes to another one when its time is over.
            }
        }

        _end.Dispose();
        _lost.Dispose();
        _gate.Dispose();
    }

    private async Task BeatAsync()
    {
        while (true)
        {
            await Task.Delay(_spool.Options.Lease / 6, Time, _end.Token).ConfigureAwait(false);
            try
            {
                await ConfirmAsync(_end.Token).ConfigureAwait(false);
            }
            catch (IOException)
            {
                if (IsSure && !_lost.IsCancellationRequested) continue;
                await _lost.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isPutAway) return;
            var (next, asked) = (_claim with { Beat = _claim.Beat + 1 }, Time.GetTimestamp());
            if (!await RenameAsync(_spool.PathOf(SpoolNames.In, next.ToString()), cancellationToken).ConfigureAwait(false))
            {
                await _lost.CancelAsync().ConfigureAwait(false);
                throw new FtpException($"{_claim.Name} has passed to another one, because its server was not reached for too long.");
            }

            (_claim, _confirmedAt) = (next, asked);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask MoveAsync(string folder, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _isPutAway = await RenameAsync(_spool.PathOf(folder, _claim.Name + SpoolNames.Message), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private Task<bool> RenameAsync(string path, CancellationToken cancellationToken) =>
        _spool.Pool.RunAsync((connection, token) => connection.RenameAsync(_spool.PathOf(SpoolNames.In, _claim.ToString()), path, token), cancellationToken);
}
