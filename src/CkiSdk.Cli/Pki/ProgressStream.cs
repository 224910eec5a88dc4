using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CkiSdk.Cli.Pki;

/// <summary>Tells on the standard error how far the reading of a long input is.</summary>
/// <param name="inner">The input, disposed with this stream.</param>
/// <param name="error">Where the lines go.</param>
internal sealed class ProgressStream(Stream inner, TextWriter error) : InputStream
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last;
    private long _read;

    /// <inheritdoc/>
    public override bool CanSeek => inner.CanSeek;

    /// <inheritdoc/>
    public override long Length => inner.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _read += read;
        if (_clock.Elapsed - _last >= Interval)
        {
            _last = _clock.Elapsed;
            var total = inner.CanSeek ? string.Create(CultureInfo.InvariantCulture, $" of {inner.Length >> 20}") : "";
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cki: {_read >> 20}{total} MiB"));
        }

        return read;
    }
}
