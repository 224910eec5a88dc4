using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Works out what a recipient has to know now, for one who was away so long that the news from then would be refused as too old (profile section 4).</summary>
internal sealed class PresentState(CmaContext cma, SeedKeys seeds, RevokedUserNews news)
{
    /// <summary>Works out the announcements to a user or to another authority; none to one who is known no more.</summary>
    /// <param name="recipient">The recipient in canonical form.</param>
    /// <param name="waiting">What waits for him, the oldest first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoreChange>> TellAsync(string recipient, IReadOnlyList<PKIBody> waiting, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>();
        if (await cma.Store.FindPeerAsync(recipient, cancellationToken).ConfigureAwait(false) is { } peer)
        {
            changes.AddRange(await news.TellAsync(peer, cancellationToken).ConfigureAwait(false));
            changes.AddRange(await CrlArrival.TellOthersAsync(cma, DistinguishedName.Decode(peer.Name), cancellationToken).ConfigureAwait(false));
        }

        if (await cma.Store.FindUserAsync(recipient, cancellationToken).ConfigureAwait(false) is { } user)
        {
            changes.AddRange(await TellUserAsync(user, waiting, withNewSeeds: false, cancellationToken).ConfigureAwait(false));
        }

        return changes;
    }

    /// <summary>Works out the announcements to a user: CRLs first, as the certificates that have followed his anchors come along with them, to which those that come with seed keys lead.</summary>
    /// <param name="user">The user with the certificate to which keys for him are sealed.</param>
    /// <param name="waiting">What waits for him, the oldest first.</param>
    /// <param name="withNewSeeds">Whether the seed keys of the own domain that he has are used no more: others get them under new identifiers.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<IReadOnlyList<StoreChange>> TellUserAsync(EnrolledUser user, IReadOnlyList<PKIBody> waiting, bool withNewSeeds, CancellationToken cancellationToken) =>
    [
        .. await CrlArrival.TellUserAsync(cma, DistinguishedName.Decode(user.Name), cancellationToken).ConfigureAwait(false),
        .. user.IsRevoked ? [] : await SeedsAsync(user, withNewSeeds, cancellationToken).ConfigureAwait(false),
        .. await CertificatesAsync(user, waiting, withNewSeeds, cancellationToken).ConfigureAwait(false),
    ];

    // Those of the own domain, and of the domains with which he often communicates; any other he asks for when he needs it.
    private async ValueTask<IReadOnlyList<StoreChange>> SeedsAsync(EnrolledUser user, bool withNewSeeds, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>();
        var state = await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false);

        // The next certificate of this CMA comes with a seed key, too.
        Certificate?[] authorities = [null, .. cma.Successors(state)];
        foreach (var key in state.ListInteroperabilityKeys().Where(key => key.NotAfter > cma.Now))
        {
            if (key.ExternalCma is { } other && !(await cma.Store.ListCorrespondentsAsync(other, cancellationToken).ConfigureAwait(false)).Contains(user.CanonicalName))
            {
                continue;
            }

            // How often the seed keys of other domains have changed is for those to say (profile section 1.2).
            // Under a retired key nothing new is issued, but what he waits for or gets may be of it.
            var generation = state.Announced(key, user.CanonicalName);
            if (withNewSeeds && key is { ExternalCma: null, IsRetired: false })
            {
                changes.Add(new StoreChange.RaiseGeneration(key.MyReference, user.CanonicalName, ++generation));
            }

            foreach (var authority in key.ExternalCma is null ? authorities : authorities[..1])
            {
                if (await seeds.AnnounceAsync(key, user, generation, authority, cancellationToken).ConfigureAwait(false) is { } announcement)
                {
                    changes.Add(announcement);
                }
            }
        }

        return changes;
    }

    // Of send certificates whose seed keys he does not get any more he could not derive the keys, and under a CMA certificate that is revoked he takes none.
    private async ValueTask<IReadOnlyList<StoreChange>> CertificatesAsync(EnrolledUser user, IReadOnlyList<PKIBody> waiting, bool withNewSeeds, CancellationToken cancellationToken)
    {
        var revoked = (await cma.Store.ListRevokedCertificatesAsync(cma.Now, cma.Now, cancellationToken).ConfigureAwait(false)).Select(entry => Convert.ToHexString(entry.Serial.Span)).ToHashSet(StringComparer.Ordinal);
        var revokedKeys = await cma.Standing.RevokedKeysAsync(cancellationToken).ConfigureAwait(false);
        var changes = new List<StoreChange>();
        foreach (var body in waiting)
        {
            PKIBody? good = body switch
            {
                PKIBody.CkiSCann send when !withNewSeeds && IsGood(send.Value) => send,
                PKIBody.CkiRCann receive when receive.Value.Value.Where(IsGood).ToArray() is { Length: > 0 } left =>
                    new PKIBody.CkiRCann(new CKIRecCertAnnContent((SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)left)),
                _ => null,
            };
            if (good is not null)
            {
                changes.Add(await cma.AnnounceAsync(DistinguishedName.Decode(user.Name), good, cancellationToken).ConfigureAwait(false));
            }
        }

        return changes;

        bool IsGood(Asn1.Modules.AuthenticationFramework.Certificate value)
        {
            var certificate = Certificate.From(value);
            return certificate.NotAfter > cma.Now && !revokedKeys.Contains(certificate.AuthorityKeyIdentifier!.Value) && !revoked.Contains(Convert.ToHexString(certificate.SerialNumber.ToUnsigned().ToArray()));
        }
    }
}
