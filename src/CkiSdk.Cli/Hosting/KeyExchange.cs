using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Server;
using Microsoft.Extensions.Logging;

namespace CkiSdk.Cli.Hosting;

/// <summary>Gets a CMA the keys that it needs: from the TLCMA where it has one (CKI Part 2 §III.A), else with each peer (§III.B).</summary>
internal sealed partial class KeyExchange
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewalTime = TimeSpan.FromDays(60);
    private static readonly TimeSpan PauseBetweenKeys = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestGain = TimeSpan.FromDays(1);
    private static readonly TimeSpan DomainKeyLifetime = TimeSpan.FromDays(2 * 365);

    private readonly CmaHost _host;
    private readonly CkiRequester _requester;
    private readonly ILogger _logger;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private TimeSpan _pause = ShortestPause;
    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);
    private HashSet<string> _known = [];

    /// <summary>Creates it.</summary>
    /// <param name="host">The CMA.</param>
    /// <param name="logger">Where the log goes.</param>
    public KeyExchange(CmaHost host, ILogger<KeyExchange> logger)
    {
        (_host, _logger) = (host, logger);
        _requester = new CkiRequester(host.Authority.Requests, host.Routes.Find);
    }

    /// <summary>Makes the requests that are due and sends those that wait; after a failure it pauses, up to a minute.</summary>
    /// <param name="cardsChanged">Whether a card was added or replaced, so that the pause is over.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RoundAsync(bool cardsChanged, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (now < _next && !cardsChanged && !await HaveNewAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await MakeDueAsync(cancellationToken).ConfigureAwait(false);
        var requests = await _host.Authority.Requests.ListAsync(cancellationToken).ConfigureAwait(false);
        _known = [.. requests.Select(request => request.TransactionId)];
        var sent = await Task.WhenAll(requests.GroupBy(request => request.Recipient.Canonical, StringComparer.Ordinal).Select(TrySendAsync)).ConfigureAwait(false);

        var isDone = Array.TrueForAll(sent, isSent => isSent) && !(await DueAsync(cancellationToken).ConfigureAwait(false)).Any;
        _pause = isDone ? ShortestPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        _next = now + (isDone ? LongestPause : _pause);

        // Each recipient gets his in their order, and none waits for another.
        async Task<bool> TrySendAsync(IEnumerable<OutgoingRequest> ofOne)
        {
            var areAnswered = true;
            foreach (var request in ofOne)
            {
                // Whoever cannot be reached is not asked the rest now: each would wait a minute for him.
                var isAnswered = await this.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
                areAnswered &= isAnswered == true;
                if (isAnswered is null)
                {
                    break;
                }
            }

            return areAnswered;
        }
    }

    /// <summary>Exchanges a key with one domain now, whether one is there or not.</summary>
    /// <param name="cma">Its CMA.</param>
    /// <param name="byTlcma">Whether the TLCMA supplies it; null for the TLCMA where there is one.</param>
    /// <param name="cancellationToken">Stops it; the request stays and is sent again by the running CMA.</param>
    /// <returns>What it came to.</returns>
    public async Task<RequestOutcome> ExchangeAsync(DistinguishedName cma, bool? byTlcma, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var request = byTlcma ?? HasTlcma
            ? await _host.Authority.Requests.RequestDomainsAsync(false, null, [new RequestedDomain(cma, Validity: (now, now + DomainKeyLifetime))], cancellationToken).ConfigureAwait(false)
            : await RequestPeerAsync(cma, cancellationToken).ConfigureAwait(false);
        return await _requester.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request that was made before and takes the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it; the request stays and is sent again by the running CMA.</param>
    /// <returns>What it came to.</returns>
    public Task<RequestOutcome> SendAsync(OutgoingRequest request, CancellationToken cancellationToken) => _requester.SendAsync(request, cancellationToken);

    /// <summary>Makes a request for an exchange with a peer, and before that a domain certificate where there is none for long (CKI Part 2 ¶49).</summary>
    /// <param name="cma">The peer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<OutgoingRequest> RequestPeerAsync(DistinguishedName cma, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var own = (await _host.Store.ListDomainKeysAsync(cancellationToken).ConfigureAwait(false)).Select(key => (DateTimeOffset?)Certificate.Decode(key.Certificate).NotAfter).Max();
        var (end, last) = (now + DomainKeyLifetime, _host.Identity.Certificate.NotAfter);
        end = end < last ? end : last;

        // None lasts longer than the CMA certificate: in its last weeks another one would be no better.
        if (own is not { } until || (until <= now + RenewalTime && until < end - ShortestGain))
        {
            await _host.Authority.Administration.CreateDomainKeyAsync(now.AddMinutes(-5), end, cancellationToken).ConfigureAwait(false);
        }

        return await _host.Authority.Requests.RequestPeerKeyAsync(cma, cancellationToken).ConfigureAwait(false);
    }

    private bool HasTlcma => _host.Routes.Tlcma is not null;

    // A user has named somebody whose domain the TLCMA is asked for: he waits.
    private async Task<bool> HaveNewAsync(CancellationToken cancellationToken) =>
        (await _host.Authority.Requests.ListAsync(cancellationToken).ConfigureAwait(false)).Any(request => !_known.Contains(request.TransactionId));

    private async Task MakeDueAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken).ConfigureAwait(false);
        if (_host.Routes.Tlcma?.ToName() is { } tlcma)
        {
            if (due.Any && !(await _host.Authority.Requests.ListAsync(cancellationToken).ConfigureAwait(false)).Any(request => request.Recipient.Equals(tlcma)))
            {
                await _host.Authority.Requests.RequestDomainsAsync(due.Local, null, [.. due.Domains.Select(domain => new RequestedDomain(domain))], cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        foreach (var domain in due.Domains)
        {
            _asked[domain.Canonical] = TimeProvider.System.GetUtcNow();
            await RequestPeerAsync(domain, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DueKeys> DueAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var keys = await _host.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
        var good = keys.Where(key => !key.IsRetired && key.NotAfter > (IsRested(key.ExternalCma) ? now + RenewalTime : now)).Select(key => key.ExternalCma ?? "").ToHashSet(StringComparer.Ordinal);
        var state = await _host.Store.StateAsync(cancellationToken).ConfigureAwait(false);

        // A card may be left of a CMA that was taken off.
        var domains = _host.Routes.Cards.Where(card => card.Kind == HomeKind.Cma).Select(card => card.ToName()).Where(name => !good.Contains(name.Canonical) && state.FindPeer(name.Canonical) is not null);
        return new DueKeys(HasTlcma && !good.Contains(""), [.. domains]);

        // A peer whose certificate ends gives no key that lasts longer: he is asked for a better one once a day, and at once where there is none at all.
        bool IsRested(string? cma) => cma is null || !_asked.TryGetValue(cma, out var at) || now - at > PauseBetweenKeys;
    }

    // Null where there was no answer.
    private async Task<bool?> TrySendAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await _requester.SendAsync(request, cancellationToken).ConfigureAwait(false);
            LogOutcome(request.Recipient, outcome.Status, outcome.Text);
            return outcome.Status == PKIStatus.Granted || outcome.Status == PKIStatus.GrantedWithMods;
        }
        catch (Exception exception) when (exception is CkiTransportException or CkiProtocolException)
        {
            LogFailed(request.Recipient, exception.Message);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "A request to {Recipient} came to {Status}: {Text}")]
    private partial void LogOutcome(object recipient, PKIStatus status, string text);

    [LoggerMessage(2, LogLevel.Warning, "A request to {Recipient} has no answer yet: {Reason}")]
    private partial void LogFailed(object recipient, string reason);

    private sealed record DueKeys(bool Local, IReadOnlyList<DistinguishedName> Domains)
    {
        public bool Any => Local || Domains.Count > 0;
    }
}
