using System.Globalization;
using CkiSdk.Cli.Hosting;
using CkiSdk.Transports.Kestrel.Health;

namespace CkiSdk.Cli.Service;

/// <summary>Looks how a running authority is, and says what it found.</summary>
/// <param name="host">The authority.</param>
/// <param name="time">The clock.</param>
internal sealed class Readiness(AuthorityHost host, TimeProvider time)
{
    // A round waits for the answers of others for a minute each at most, and maintenance takes a while where a domain is large.
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(10);

    /// <summary>Looks whether the work goes on.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public ValueTask<IReadOnlyList<HealthCheck>> LiveAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - host.LastRoundAt;
        return ValueTask.FromResult<IReadOnlyList<HealthCheck>>(
            [new HealthCheck("work", since < LongestRound || host.IsStopping, $"the last round of announcements and renewals began {since.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)} s ago; after {LongestRound.TotalMinutes} min without one start it anew")]);
    }

    /// <summary>Looks whether requests can be answered.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public async ValueTask<IReadOnlyList<HealthCheck>> ReadyAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return
        [
            new HealthCheck("serving", !host.IsStopping, host.IsStopping ? "it stops: what is in hand is finished, nothing new is taken" : string.Join(", ", host.Served.Select(served => $"{served.What} {served.Place}"))),
            await CertificateAsync(now, cancellationToken).ConfigureAwait(false),
            .. await StoreAsync(now, cancellationToken).ConfigureAwait(false),
        ];
    }

    private async ValueTask<HealthCheck> CertificateAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var certificate = host.Identity.Certificate;
        return host is CmaHost cma && await IsRevokedAsync(cma, cancellationToken).ConfigureAwait(false)
            ? new HealthCheck("certificate", false, $"{certificate.Issuer} has revoked the certificate of {certificate.Subject}: nothing is issued under it any more; {CmaHost.Advice(host.Home)}")
            : host.ListCertificates().FirstOrDefault(row => !row.IsFollowed && row.Certificate.NotAfter < now) is { Certificate: { } ended } row
            ? new HealthCheck("certificate", false, $"{row.Name}.pem has ended at {ended.NotAfter:yyyy-MM-dd}; 'cki {host.Home.Configuration.Kind} renew' makes another one")
            : new HealthCheck("certificate", certificate.IsValidAt(now), $"the certificate of {certificate.Subject} is valid until {certificate.NotAfter:yyyy-MM-dd}; 'cki {host.Home.Configuration.Kind} renew' makes the next one");
    }

    // Of a store that cannot be read another check tells.
    private static async ValueTask<bool> IsRevokedAsync(CmaHost cma, CancellationToken cancellationToken)
    {
        try
        {
            return await cma.Authority.Administration.IsRevokedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return false;
        }
    }

    private async ValueTask<HealthCheck[]> StoreAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var waiting = await host.Store.ListRecipientsAsync(cancellationToken).ConfigureAwait(false);
            var store = new HealthCheck("store", true, $"it can be read; announcements wait for {waiting.Count} parties");
            if (host is not CmaHost)
            {
                return [store];
            }

            var keys = (await host.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false)).Where(key => !key.IsRetired).ToArray();
            var local = keys.Where(key => key.ExternalCma is null && key.NotBefore <= now && now <= key.NotAfter).Select(key => (DateTimeOffset?)key.NotAfter).Max();
            return
            [
                store,
                local is { } end
                    ? new HealthCheck("keys", true, $"the local key is valid until {end:yyyy-MM-dd}; keys with {keys.Where(key => key.ExternalCma is not null && now <= key.NotAfter).Select(key => key.ExternalCma).Distinct(StringComparer.Ordinal).Count()} other domains")
                    : new HealthCheck("keys", false, "there is no local key in effect: the TLCMA has not supplied one yet; 'cki doctor' tells whether it can be reached"),
            ];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return [new HealthCheck("store", false, $"it cannot be read ({exception.GetType().Name}): look at the log and the disk")];
        }
    }
}
