using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what an operator says of the parties that an authority deals with.</summary>
public sealed class PeerAdministration
{
    private readonly ICmaStore _store;
    private readonly TimeProvider _time;

    internal PeerAdministration(ICmaStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>Adds or replaces a party.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kinds">What it is: <see cref="PartyKinds.Cma"/>, <see cref="PartyKinds.Tlcma"/>, <see cref="PartyKinds.RecoveryRequester"/>.</param>
    /// <param name="domain">The domain within which that of a CMA must lie; null for a party without one.</param>
    /// <param name="encryption">The certificate to which keys for it are sealed; that it leads to an authority is for the caller to check. Null for none.</param>
    /// <param name="anchor">What its CMA certificates must lead to besides the configured anchors; null for nothing else.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The encryption certificate is another's, not for receiving keys, or its key is refused.</exception>
    public async ValueTask PutAsync(
        DistinguishedName name, PartyKinds kinds, DomainRule? domain = null, Certificate? encryption = null, Certificate? anchor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (encryption is not null && !(encryption.Subject.Equals(name) && CertificateRules.CanReceiveKeys(encryption)))
        {
            throw new ArgumentException($"The certificate of {encryption.Subject} is not that of {name}, or not made for receiving keys.", nameof(encryption));
        }

        // Found out now, and not when the keys of all parties are renewed.
        if (encryption is not null && KeyDescription.Of(encryption.SubjectPublicKeyInfo).Finding is { } finding)
        {
            throw new ArgumentException($"The certificate of {name} cannot be used to receive keys: {finding.Reason}.", nameof(encryption));
        }

        var peer = new StoredPeer(name.Canonical, name.Encoded, kinds)
        {
            Domain = domain?.ToNameConstraints().Encode(),
            EncryptionCertificate = encryption?.Encoded ?? default,
            Anchor = anchor?.Encoded ?? default,
        };
        var entry = new AuditEntry(_time.GetUtcNow(), "peer.configured", "operator", $"{name} as {kinds}");
        await _store.CommitAsync(UnitOfWork.Of(new StoreChange.PutPeer(peer), new StoreChange.Audit(entry)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the parties by name.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<IReadOnlyList<StoredPeer>> ListAsync(CancellationToken cancellationToken = default) => _store.ListPeersAsync(cancellationToken);
}
