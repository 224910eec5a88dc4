using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what an operator says of the parties that an authority deals with.</summary>
public sealed class PeerAdministration
{
    private readonly PartyContext _party;
    private readonly RecoveryOptions _recovery;

    internal PeerAdministration(PartyContext party, RecoveryOptions? recovery = null) => (_party, _recovery) = (party, recovery ?? new RecoveryOptions());

    private ICmaStore Store => _party.Store;

    private DateTimeOffset Now => _party.Time.GetUtcNow();

    /// <summary>Adds or replaces a party.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kinds">What it is: <see cref="PartyKinds.Cma"/>, <see cref="PartyKinds.Tlcma"/>, <see cref="PartyKinds.RecoveryRequester"/>, <see cref="PartyKinds.RecoveryApprover"/>. An approver approves what is asked for from now on, if nothing was ever asked for and the first approver was made less than <see cref="RecoveryOptions.ApproverDelay"/> ago; else, or with another key, from that time on.</param>
    /// <param name="domain">The domain within which that of a CMA must lie; null for a party without one.</param>
    /// <param name="encryption">The certificate to which keys for it are sealed; that it leads to an authority is for the caller to check. Null for none.</param>
    /// <param name="anchor">What its CMA certificates must lead to besides the configured anchors; null for nothing else.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The encryption certificate is another's, not for receiving keys, or its key is refused or that of another approver.</exception>
    public async ValueTask PutAsync(
        DistinguishedName name, PartyKinds kinds, DomainRule? domain = null, Certificate? encryption = null, Certificate? anchor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        await _party.CommitAsync(() => ChangesAsync(name, kinds, domain, encryption, anchor, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes another CMA off: it is authorised for nothing any more, its certificates are forgotten, nothing is issued under the keys that were shared with it, and what waited for it goes. Seed keys of what was sealed before are given on.</summary>
    /// <param name="cma">The CMA.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where no such CMA is configured.</returns>
    public async ValueTask<bool> RemoveAsync(DistinguishedName cma, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cma);
        var isKnown = false;
        await _party.CommitAsync(
            async () =>
            {
                isKnown = await Store.FindPeerAsync(cma.Canonical, cancellationToken).ConfigureAwait(false) is { } peer && peer.Kinds.HasFlag(PartyKinds.Cma);
                return isKnown ? await RemovalAsync(cma, cancellationToken).ConfigureAwait(false) : [];
            },
            cancellationToken).ConfigureAwait(false);
        return isKnown;
    }

    /// <summary>Lists the parties by name.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<IReadOnlyList<StoredPeer>> ListAsync(CancellationToken cancellationToken = default) => Store.ListPeersAsync(cancellationToken);

    /// <summary>Works out the changes that <see cref="PutAsync"/> makes.</summary>
    internal async ValueTask<IReadOnlyList<StoreChange>> ChangesAsync(DistinguishedName name, PartyKinds kinds, DomainRule? domain, Certificate? encryption, Certificate? anchor, CancellationToken cancellationToken)
    {
        if (encryption is not null && !(encryption.Subject.Equals(name) && CertificateRules.CanReceiveKeys(encryption)))
        {
            throw new ArgumentException($"The certificate of {encryption.Subject} is not that of {name}, or not made for receiving keys.", nameof(encryption));
        }

        // Found out now, and not when the keys of all parties are renewed.
        if (encryption is not null && KeyDescription.Of(encryption.SubjectPublicKeyInfo).Finding is { } finding)
        {
            throw new ArgumentException($"The certificate of {name} cannot be used to receive keys: {finding.Reason}.", nameof(encryption));
        }

        var peers = await Store.ListPeersAsync(cancellationToken).ConfigureAwait(false);
        var known = peers.FirstOrDefault(peer => peer.CanonicalName == name.Canonical);
        var approvesFrom = await ApprovesFromAsync(name, kinds, encryption, peers, known, cancellationToken).ConfigureAwait(false);
        var peer = new StoredPeer(name.Canonical, name.Encoded, kinds)
        {
            Domain = domain?.ToNameConstraints().Encode(),
            EncryptionCertificate = encryption?.Encoded ?? default,
            Anchor = anchor?.Encoded ?? default,
            ApprovesFrom = approvesFrom,
            ApproverSince = known is null ? null : FirstApproval(known),
        };
        peer = peer with { ApproverSince = peer.ApproverSince ?? (kinds.HasFlag(PartyKinds.RecoveryApprover) ? Now : null) };
        var approves = kinds.HasFlag(PartyKinds.RecoveryApprover) ? $", approves what is asked for from {approvesFrom:u}" : "";
        var entry = new AuditEntry(Now, "peer.configured", "operator", $"{name} as {kinds}{approves}");
        return [new StoreChange.PutPeer(peer), new StoreChange.Audit(entry)];
    }

    private async ValueTask<IReadOnlyList<StoreChange>> RemovalAsync(DistinguishedName cma, CancellationToken cancellationToken)
    {
        var authorities = await Store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false);
        var requests = await Store.ListPendingRequestsAsync(cancellationToken).ConfigureAwait(false);
        var keys = await Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            new StoreChange.RemovePeer(cma.Canonical),
            .. authorities.Where(authority => authority.Cma == cma.Canonical).Select(authority => new StoreChange.RemoveAuthority(authority.Encoded)),
            .. requests.Where(request => request.Recipient == cma.Canonical).Select(request => new StoreChange.RemovePendingRequest(request.Recipient, request.TransactionId)),
            .. keys.Where(key => key.ExternalCma == cma.Canonical).Select(key => new StoreChange.PutKey(key with { IsRetired = true, AskedAt = null })),
            new StoreChange.RemoveAnnouncements(cma.Canonical, long.MaxValue),
            new StoreChange.Audit(new AuditEntry(Now, "peer.removed", "operator", $"{cma}")),
        ];
    }

    // Whoever configures parties must not approve in the names of others, unseen, what is asked for today. Only while a CMA is set up there is nobody who could see it.
    private async ValueTask<DateTimeOffset?> ApprovesFromAsync(DistinguishedName name, PartyKinds kinds, Certificate? encryption, IReadOnlyList<StoredPeer> peers, StoredPeer? known, CancellationToken cancellationToken)
    {
        if (!kinds.HasFlag(PartyKinds.RecoveryApprover))
        {
            return known?.ApprovesFrom;
        }

        if (encryption is not null && peers.Any(peer => peer != known && peer.Kinds.HasFlag(PartyKinds.RecoveryApprover) && HasKeyOf(peer, encryption)))
        {
            throw new ArgumentException($"Another approver has the key of {name}: two approvers are two people.", nameof(encryption));
        }

        var isSame = known is { ApprovesFrom: not null } && known.Kinds.HasFlag(PartyKinds.RecoveryApprover) && known.EncryptionCertificate.Span.SequenceEqual(encryption is null ? default : encryption.Encoded.Span);
        if (isSame)
        {
            return known!.ApprovesFrom;
        }

        // That of the day on which the first was made: to make approvers anew does not bring the days of the setting up back.
        var (now, first) = (Now, peers.Min(FirstApproval));
        var isSetUp = first + _recovery.ApproverDelay <= now || (await Store.ListRecoveryCasesAsync(cancellationToken).ConfigureAwait(false)).Count > 0;
        return isSetUp ? now + _recovery.ApproverDelay : now;
    }

    private static DateTimeOffset? FirstApproval(StoredPeer peer) => peer.ApproverSince ?? peer.ApprovesFrom;

    private static bool HasKeyOf(StoredPeer peer, Certificate encryption) =>
        !peer.EncryptionCertificate.IsEmpty && Certificate.Decode(peer.EncryptionCertificate).SubjectPublicKeyInfo.Span.SequenceEqual(encryption.SubjectPublicKeyInfo.Span);
}
