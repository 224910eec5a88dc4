using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Transports.Spool;

namespace CkiSdk.Transports.Ftp;

/// <summary>Is a spool on an FTP server. Files appear by RNFR and RNTO, and so does who handles them; nothing else is asked of the server than that renaming is atomic.</summary>
/// <remarks>
/// Who handles a message renames its file to NAME.claim-WHO-N, and again with N + 1 as a sign of life. Where a name stays the same for the time of the lease, by the clock of whoever looks, its owner is dead and
/// another one renames the file for himself. An owner who has not succeeded with a sign of life for half of that time gives up by himself, so that both do not handle the message.
/// </remarks>
public sealed class FtpSpool : SpoolPlace
{
    private readonly FtpOptions _options;
    private readonly FtpPool _pool;
    private readonly string _root;
    private readonly string _own = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly ConcurrentDictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _abandoned = new(StringComparer.Ordinal);

    /// <summary>Names the spool; nothing is connected before it is used.</summary>
    /// <param name="options">Where it is.</param>
    public FtpSpool(FtpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _pool) = (options, new FtpPool(options));
        _root = options.Folder.Length == 0 || options.Folder.EndsWith('/') ? options.Folder : options.Folder + "/";
    }

    /// <inheritdoc/>
    internal override TimeSpan Interval => TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    internal override TimeSpan LongestInterval => TimeSpan.FromSeconds(2);

    /// <summary>Gets the connections.</summary>
    internal FtpPool Pool => _pool;

    /// <summary>Gets the options.</summary>
    internal FtpOptions Options => _options;

    /// <inheritdoc/>
    public override string ToString() => $"{(_options.UseTls ? "ftps" : "ftp")}://{_options.Host}:{_options.Port}/{_root}";

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    internal override async ValueTask PrepareAsync(CancellationToken cancellationToken) => await _pool.RunAsync(
        async (connection, token) =>
        {
            if (_root.Length > 0) await connection.MakeFolderAsync(_root.TrimEnd('/'), token).ConfigureAwait(false);
            foreach (var folder in (string[])[SpoolNames.In, SpoolNames.Out, SpoolNames.Done, SpoolNames.Failed]) await connection.MakeFolderAsync(_root + folder, token).ConfigureAwait(false);
        },
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    internal override async ValueTask<IReadOnlyList<string>> WaitingAsync(CancellationToken cancellationToken)
    {
        var files = await ListAsync(SpoolNames.In, cancellationToken).ConfigureAwait(false);
        var claims = files.Select(FtpClaimName.Of).OfType<FtpClaimName>().Distinct().ToDictionary(claim => claim.ToString(), StringComparer.Ordinal);
        foreach (var gone in _seen.Keys.Except(claims.Keys, StringComparer.Ordinal)) _seen.TryRemove(gone, out _);
        _abandoned.Clear();
        var now = _options.Time.GetTimestamp();
        foreach (var (file, claim) in claims)
        {
            if (_options.Time.GetElapsedTime(_seen.GetOrAdd(file, now), now) > _options.Lease) _abandoned[claim.Name] = file;
        }

        return [.. files.Select(SpoolNames.Of).OfType<string>().Concat(_abandoned.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    internal override async ValueTask<SpoolClaim?> ClaimAsync(string name, int limit, CancellationToken cancellationToken)
    {
        var claim = new FtpClaimName(name, _own, 0);
        var from = _abandoned.TryRemove(name, out var abandoned) ? abandoned : name + SpoolNames.Message;
        var octets = await _pool.RunAsync(
            async (connection, token) => await connection.RenameAsync(PathOf(SpoolNames.In, from), PathOf(SpoolNames.In, claim.ToString()), token).ConfigureAwait(false)
                ? await connection.DownloadAsync(PathOf(SpoolNames.In, claim.ToString()), limit, token).ConfigureAwait(false)
                : null,
            cancellationToken).ConfigureAwait(false);
        return octets is null ? null : new FtpClaim(this, claim, octets);
    }

    /// <inheritdoc/>
    internal override async ValueTask SendAsync(string name, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(SpoolNames.In, name + SpoolNames.Message, octets, cancellationToken).ConfigureAwait(false);
        }
        catch (FtpException)
        {
            // Perhaps nobody has made the folders yet.
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            await WriteAsync(SpoolNames.In, name + SpoolNames.Message, octets, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    internal override async ValueTask<SpoolReply?> ReadAsync(string name, int limit, CancellationToken cancellationToken) => await _pool.RunAsync(
        async (connection, token) =>
        {
            var answer = PathOf(SpoolNames.Out, name + SpoolNames.Message);
            if (await connection.ExistsAsync(answer, token).ConfigureAwait(false))
            {
                var time = PathOf(SpoolNames.Out, name + SpoolNames.Time);
                var octets = await connection.ExistsAsync(time, token).ConfigureAwait(false) ? await connection.DownloadAsync(time, SpoolReply.TimeLimit, token).ConfigureAwait(false) : null;
                return await connection.DownloadAsync(answer, limit, token).ConfigureAwait(false) is { } found ? new SpoolReply(found, octets is null ? null : SpoolReply.ToTime(octets), null) : null;
            }

            var words = PathOf(SpoolNames.Failed, name + SpoolNames.Words);
            return await connection.ExistsAsync(words, token).ConfigureAwait(false) && await connection.DownloadAsync(words, SpoolReply.RefusalLimit, token).ConfigureAwait(false) is { } refusal
                ? new SpoolReply(null, null, Encoding.UTF8.GetString(refusal))
                : null;
        },
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    internal override async ValueTask<bool> IsWaitingAsync(string name, CancellationToken cancellationToken) =>
        (await ListAsync(SpoolNames.In, cancellationToken).ConfigureAwait(false)).Any(file => SpoolNames.Of(file) == name || FtpClaimName.Of(file)?.Name == name);

    /// <inheritdoc/>
    internal override async ValueTask WithdrawAsync(string name, CancellationToken cancellationToken) =>
        await _pool.RunAsync((connection, token) => connection.DeleteAsync(PathOf(SpoolNames.In, name + SpoolNames.Message), token), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    internal override async ValueTask ForgetAsync(string name, CancellationToken cancellationToken) => await _pool.RunAsync(
        async (connection, token) =>
        {
            await connection.DeleteAsync(PathOf(SpoolNames.Out, name + SpoolNames.Message), token).ConfigureAwait(false);
            await connection.DeleteAsync(PathOf(SpoolNames.Out, name + SpoolNames.Time), token).ConfigureAwait(false);
        },
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    internal override async ValueTask PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var folder in (string[])[SpoolNames.Out, SpoolNames.Done, SpoolNames.Failed])
        {
            foreach (var file in (await ListAsync(folder, cancellationToken).ConfigureAwait(false)).Where(SpoolNames.IsOfSpool))
            {
                await _pool.RunAsync(
                    async (connection, token) =>
                    {
                        // Most names say when they were made; of others the server may know.
                        var path = PathOf(folder, file);
                        if ((SpoolNames.TimeOf(file) ?? await connection.WrittenAtAsync(path, token).ConfigureAwait(false)) < before) await connection.DeleteAsync(path, token).ConfigureAwait(false);
                    },
                    cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives the path of a file.</summary>
    internal string PathOf(string folder, string file) => string.Create(CultureInfo.InvariantCulture, $"{_root}{folder}/{file}");

    /// <summary>Lets a file appear whole.</summary>
    internal async ValueTask WriteAsync(string folder, string file, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) => await _pool.RunAsync(
        async (connection, token) =>
        {
            var temporary = PathOf(folder, SpoolNames.NewTemporary());
            await connection.UploadAsync(temporary, octets, token).ConfigureAwait(false);
            if (!await connection.RenameAsync(temporary, PathOf(folder, file), token).ConfigureAwait(false)) throw new FtpException($"{PathOf(folder, file)} cannot be written on {_options.Host}.");
        },
        cancellationToken).ConfigureAwait(false);

    private Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellationToken) =>
        _pool.RunAsync((connection, token) => connection.ListAsync(_root + folder, token), cancellationToken);
}
