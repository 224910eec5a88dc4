using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Pki;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Cli.Authorities;

/// <summary>Gathers what an authority has, what waits, and what ends soon.</summary>
/// <param name="host">The authority.</param>
/// <param name="now">The present.</param>
/// <param name="soon">What ends before ends soon.</param>
internal sealed class AuthorityStatus(AuthorityHost host, DateTimeOffset now, DateTimeOffset soon)
{
    private readonly JsonArray _soon = [];
    private KnownNames? _names;

    /// <summary>Gathers it.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<JsonObject> ReadAsync(CancellationToken cancellationToken)
    {
        var store = host.Store;
        _names = await KnownNames.ReadAsync(host.Home.Name, store, cancellationToken).ConfigureAwait(false);
        var tlcma = host.Routes.Cards.FirstOrDefault(card => card.Kind == HomeKind.Tlcma);
        var json = new JsonObject
        {
            ["name"] = host.Home.Configuration.Name,
            ["domain"] = new JsonArray([.. host.Home.Configuration.Domain.Select(domain => (JsonNode)domain)]),
            ["listen"] = host.Home.Configuration.Listen,
            ["tlcma"] = tlcma is null ? null : $"{tlcma.Name} at {host.Routes.RouteTo(tlcma)}",
            ["certificates"] = Certificates(),
            ["keys"] = await KeysAsync(cancellationToken).ConfigureAwait(false),
            ["peers"] = new JsonArray([.. host.Routes.Cards.Where(card => card.Kind == HomeKind.Cma).Select(card => (JsonNode)$"{card.Name} at {host.Routes.RouteTo(card)}")]),
        };
        if (host is CmaHost cma)
        {
            var isRevoked = await cma.Authority.Administration.IsRevokedAsync(cancellationToken).ConfigureAwait(false);
            json["issuing"] = isRevoked ? $"nothing: {host.Identity.Certificate.Issuer} has revoked the CMA certificate; {CmaHost.Advice(host.Home)}" : "yes";
            await AddUsersAsync(json, cancellationToken).ConfigureAwait(false);
            json["crl"] = await CrlAsync(cancellationToken).ConfigureAwait(false);
            json["crlTooLarge"] = (await cma.Authority.Administration.ListLargeCrlsAsync(cancellationToken).ConfigureAwait(false)).Count > 0;
        }

        json["outbox"] = await OutboxAsync(cancellationToken).ConfigureAwait(false);
        var pending = await store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false);
        json["pending"] = new JsonArray([.. pending.Select(request => (JsonNode)new JsonObject
        {
            ["to"] = _names.Show(request.Recipient),
            ["body"] = PKIMessage.Decode(request.Message).Body.GetType().Name,
            ["since"] = ShowText.Iso(request.SentAt),
        })]);
        json["expiresSoon"] = _soon;
        return json;
    }

    private JsonArray Certificates() =>
        [.. host.ListCertificates().Select(row => (JsonNode)new JsonObject
        {
            ["certificate"] = row.Name,
            ["issuer"] = row.Certificate.Issuer.ToString(),
            ["notBefore"] = ShowText.Iso(row.Certificate.NotBefore),
            ["notAfter"] = row.IsFollowed ? ShowText.Iso(row.Certificate.NotAfter) : Watch($"the certificate {row.Name}.pem", row.Certificate.NotAfter),
            ["daysLeft"] = DaysLeft(row.Certificate.NotAfter),
        })];

    private async Task<JsonArray> KeysAsync(CancellationToken cancellationToken)
    {
        var keys = new JsonArray();
        foreach (var key in (await host.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false)).Where(key => key.NotAfter > now))
        {
            var source = key.Source is null ? key.ExternalCma is null ? "made here" : "by exchange" : "by the TLCMA";
            keys.Add((JsonNode)Key(Show(key.ExternalCma), key.IsRetired ? $"{source}, retired" : source, key.NotBefore, key.NotAfter, isWatched: !key.IsRetired));
        }

        foreach (var card in host is TlcmaHost ? host.Routes.Cards : [])
        {
            var pairs = await host.Store.ListPairKeysAsync(card.ToName().Canonical, cancellationToken).ConfigureAwait(false);
            foreach (var key in pairs.Where(key => key.NotAfter > now && key.First == card.ToName().Canonical))
            {
                keys.Add((JsonNode)Key(key.Second is null ? Show(key.First) : $"{Show(key.First)} and {Show(key.Second)}", "made here", key.NotBefore, key.NotAfter));
            }
        }

        return keys;

        JsonObject Key(string? with, string source, DateTimeOffset start, DateTimeOffset end, bool isWatched = true) => new()
        {
            ["domain"] = with ?? "own",
            ["source"] = source,
            ["notBefore"] = ShowText.Iso(start),
            ["notAfter"] = !isWatched ? ShowText.Iso(end) : Watch($"the key of {with ?? "the own domain"}", end),
            ["daysLeft"] = DaysLeft(end),
        };
    }

    private async Task AddUsersAsync(JsonObject json, CancellationToken cancellationToken)
    {
        var users = await host.Store.ListUsersAsync(cancellationToken).ConfigureAwait(false);
        json["users"] = users.Count(user => !user.IsRevoked);
        json["revokedUsers"] = users.Count(user => user.IsRevoked);
        var ending = await host.Store.ListEndingAsync(now, soon, cancellationToken).ConfigureAwait(false);
        foreach (var certificate in ending.Where(certificate => certificate.Usage == IssuedCertificate.Send))
        {
            Watch($"the send certificate of {Show(certificate.Subject)}", certificate.NotAfter);
        }

        foreach (var user in users.Where(user => !user.IsRevoked && !user.EncryptionCertificate.IsEmpty))
        {
            Watch($"the encryption certificate of {DistinguishedName.Decode(user.Name)}", Certificate.Decode(user.EncryptionCertificate).NotAfter);
        }

        json["certificatesIssued"] = (await host.Store.ListEndingAsync(now, DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false)).Count;
    }

    private async Task<string?> CrlAsync(CancellationToken cancellationToken)
    {
        var lists = await host.Store.ListCrlsAsync(cancellationToken).ConfigureAwait(false);
        var own = lists.FirstOrDefault(list => list.Issuer.StartsWith(host.Home.Name.Canonical, StringComparison.Ordinal));

        // The running CMA renews it at half its time, so that only one that was missed ends soon.
        return own is null ? null : $"number {own.Number}, next {Watch("the CRL", own.NextUpdate, now.AddDays(7))}";
    }

    private async Task<JsonArray> OutboxAsync(CancellationToken cancellationToken)
    {
        var rows = new JsonArray();
        foreach (var recipient in await host.Store.ListRecipientsAsync(cancellationToken).ConfigureAwait(false))
        {
            var next = await host.Store.PeekAnnouncementAsync(recipient, cancellationToken).ConfigureAwait(false);
            rows.Add((JsonNode)new JsonObject { ["for"] = Show(recipient), ["next"] = next is null ? null : PKIMessage.Decode(next.Message).Body.GetType().Name, ["way"] = host.Routes.Find(recipient) is null ? "asks for it" : "is brought" });
        }

        return rows;
    }

    private int DaysLeft(DateTimeOffset end) => (int)Math.Floor((end - now).TotalDays);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(canonical))]
    private string? Show(string? canonical) => canonical is null ? null : _names!.Show(canonical);

    private string Watch(string what, DateTimeOffset end, DateTimeOffset? limit = null)
    {
        if (end < (limit ?? soon))
        {
            _soon.Add((JsonNode)$"{what} ends at {ShowText.Iso(end)}");
        }

        return ShowText.Iso(end);
    }
}
