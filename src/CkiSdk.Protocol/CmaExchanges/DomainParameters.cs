using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Takes what the TLCMA supplies: keys, base and modulus, certificates, revoked users (CKI Part 2 ¶27, ¶42–43). One fault refuses all of it.</summary>
internal sealed class DomainParameters(CmaContext cma, AuthorityCheck authorities, Revocation revocation, KeyArrival arrival)
{
    /// <summary>Checks everything and works out the changes.</summary>
    /// <returns>What is wrong, or the changes.</returns>
    public async ValueTask<(Rejection? Rejection, IReadOnlyList<StoreChange> Changes)> TakeAsync(
        LocalDomainInfo? local, ExternalDomainInfo? external, Received received, CancellationToken cancellationToken)
    {
        if (cma.Options.Encryption is not { } encryption)
        {
            return Refuse("localIKInfo", "this CMA is configured without an encryption certificate", "Configure one before the TLCMA is asked.");
        }

        var changes = new List<StoreChange>();
        var lists = new List<RevokedList>();
        if (local is not null && await TakeLocalAsync(local, encryption, received, changes, lists, cancellationToken).ConfigureAwait(false) is { } fault)
        {
            return (fault, []);
        }

        foreach (var item in external?.Value ?? default)
        {
            if (await TakeExternalAsync(item, encryption, received, changes, lists, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                return (refusal, []);
            }
        }

        return (null, [.. changes, .. await revocation.ApplyAsync(lists, cancellationToken).ConfigureAwait(false)]);
    }

    private async ValueTask<Rejection?> TakeLocalAsync(
        LocalDomainInfo local, EncryptionIdentity encryption, Received received, List<StoreChange> changes, List<RevokedList> lists, CancellationToken cancellationToken)
    {
        if (!Groups.TryFind(local.LocalBaseMod, cma.Options.Groups, out _))
        {
            return new Rejection(PKIFailureInfo.BadAlg, "localBaseMod", "it is no configured group", "CKI Part 2 ¶27 a, profile section 1", "Configure the group here first.");
        }

        if (local.LocalIKInfo.YourIKRef is not null)
        {
            return Refuse("localIKInfo.yourIKRef", "a local key has none", "Leave it out.").Rejection;
        }

        if (local.LocalCMACertificate is { } sent)
        {
            var certificate = Certificate.From(sent);
            if (await authorities.FindObjectionAsync(certificate, cma.Me, peer: null, known: [], cancellationToken).ConfigureAwait(false) is { } objection)
            {
                return Refuse("localCMACertificate", objection, "Send the CMA certificate of this domain.").Rejection;
            }

            changes.Add(new StoreChange.AddAuthority(new StoredAuthority(cma.Me.Canonical, certificate.Encoded, cma.Now)));
        }

        if (local.LocalDomainCertificateAndPrivateKey is { } pair
            && await TakeDomainKeyAsync(pair, encryption, changes, cancellationToken).ConfigureAwait(false) is { } fault)
        {
            return fault;
        }

        if (await TakeKeyAsync(local.LocalIKInfo, null, local.LocalBaseMod.Encode(), encryption, received, changes, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        return TakeList(local.LocalRevokedUL, cma.Certificate, RevokedList.Own, received, lists);
    }

    private async ValueTask<Rejection?> TakeExternalAsync(
        ExternalDomainInfoItem item, EncryptionIdentity encryption, Received received, List<StoreChange> changes, List<RevokedList> lists, CancellationToken cancellationToken)
    {
        var other = DistinguishedName.From(item.ExternalCMA);
        if (other.Equals(cma.Me) || item.ExternalIKInfo.YourIKRef is null)
        {
            return Refuse("externalDomainInfo", $"{other} is this CMA itself, or yourIKRef is missing", "Name another CMA and both references.").Rejection;
        }

        var certificate = item.ExternalCMACertificate is { } sent ? Certificate.From(sent) : null;
        var known = await cma.Authorities.CurrentAsync(other.Canonical, cma.Now, cancellationToken).ConfigureAwait(false);
        if (certificate is not null)
        {
            if (await authorities.FindObjectionAsync(certificate, other, peer: null, known: [], cancellationToken).ConfigureAwait(false) is { } objection)
            {
                return Refuse("externalCMACertificate", objection, "Send a certificate that leads to a configured anchor.").Rejection;
            }

            changes.Add(new StoreChange.AddAuthority(new StoredAuthority(other.Canonical, certificate.Encoded, cma.Now)));
        }

        if ((certificate ?? known) is not { } authority)
        {
            return Refuse("externalCMACertificate", $"none is known of {other}", "Send it, or configure it here.").Rejection;
        }

        // What the TLCMA supplies counts as configured (profile section 2).
        if (await cma.Store.FindPeerAsync(other.Canonical, cancellationToken).ConfigureAwait(false) is null)
        {
            changes.Add(new StoreChange.PutPeer(new StoredPeer(other.Canonical, other.Encoded, PartyKinds.Cma) { Domain = DomainRule.Of(authority).ToNameConstraints().Encode() }));
        }

        return await TakeKeyAsync(item.ExternalIKInfo, other, default, encryption, received, changes, cancellationToken).ConfigureAwait(false)
            ?? TakeList(item.ExternalRevokUL, authority, other.Canonical, received, lists);
    }

    private async ValueTask<Rejection?> TakeKeyAsync(
        IKInfo info, DistinguishedName? other, ReadOnlyMemory<byte> group, EncryptionIdentity encryption, Received received, List<StoreChange> changes, CancellationToken cancellationToken)
    {
        DistinguishedName[] names = other is null ? [cma.Me] : [cma.Me, other];
        using var key = await InteroperabilityKeyEnvelope.OpenAsync(info, names, encryption, cma.Party.Provider, cancellationToken).ConfigureAwait(false);
        if (key is not { Length: Derivation.KeyDerivation.KeyLength })
        {
            return Refuse("ikValue", "it cannot be opened", "Seal it to the encryption certificate of this CMA, with what the message says of it.").Rejection;
        }

        var (start, end) = (Times.Read(info.Validity.NotBefore), Times.Read(info.Validity.NotAfter));
        if (end <= start)
        {
            return Refuse("validity", $"{end:u} is not after {start:u}", "Send a key that is in effect for some time.").Rejection;
        }

        if (!InteroperabilityKeyRing.IsReference(info.MyIKRef) || (info.YourIKRef is { } yours && !InteroperabilityKeyRing.IsReference(yours)))
        {
            return Refuse("myIKRef", "a reference has not 16 octets", "Use 16 random octets as reference.").Rejection;
        }

        // Same reference and same value: the rest is brought up to date. Another value under a used reference is refused (profile section 1.1).
        var known = await cma.Keys.FindAsync(info.MyIKRef.Value.ToHex(), cancellationToken).ConfigureAwait(false);
        if (known is not null && (known.ExternalCma != other?.Canonical || !cma.Keys.IsSame(known, key)))
        {
            return Refuse("myIKRef", "it is used for another key", "Use a fresh reference.").Rejection;
        }

        var stored = new StoredInteroperabilityKey(info.MyIKRef.Value.ToHex(), other?.Canonical, start, end, known?.WrappedKey ?? cma.Keys.Wrap(key))
        {
            YourReference = info.YourIKRef?.Value.ToHex(),
            Source = received.From,
            BaseAndModulus = group,
            IsRetired = known?.IsRetired ?? received.State.IsForgotten(start),
        };
        changes.Add(new StoreChange.PutKey(stored));
        if (known is null)
        {
            changes.AddRange(await arrival.AnnounceAsync(stored, authority: null, cancellationToken).ConfigureAwait(false));
            changes.AddRange(other is null ? [] : await CrlArrival.TellPeerAsync(cma, other, cancellationToken).ConfigureAwait(false));
        }

        return null;
    }

    private async ValueTask<Rejection?> TakeDomainKeyAsync(
        CertificateAndPrivateKey pair, EncryptionIdentity encryption, List<StoreChange> changes, CancellationToken cancellationToken)
    {
        var certificate = Certificate.From(pair.Certificate);
        var opened = await PrivateKeyEnvelope.OpenAsync(pair.PrivateKey, cma.Options.Groups, encryption, cma.Party.Provider, cancellationToken).ConfigureAwait(false);
        if (opened is not { } found)
        {
            return Refuse("localDomainCertificateAndPrivateKey", "its private key cannot be opened", "Seal it to the encryption certificate of this CMA.").Rejection;
        }

        using var exponent = found.Exponent;
        var path = new PathValidator(TrustAnchor.Of(cma.Options.Anchors), cma.Party.Provider).Validate(certificate, [cma.Certificate], new PathOptions { Time = cma.Now });
        if (!path.IsValid || !certificate.Subject.Equals(cma.Me)
            || !DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, new DhGroupSet(found.Group), out _, out var publicValue)
            || !cma.Party.Provider.DiffieHellman.PublicValue(found.Group, exponent).AsSpan().SequenceEqual(publicValue))
        {
            return Refuse("localDomainCertificateAndPrivateKey", $"the certificate is not that of the key, or not this domain's: {path}", "Send the domain certificate with its own key.").Rejection;
        }

        changes.Add(new StoreChange.AddDomainKey(new StoredDomainKey(certificate.Encoded, cma.Keys.WrapExponent(exponent))));
        return null;
    }

    private static Rejection? TakeList(RevokedUserList list, Certificate authority, string domain, Received received, List<RevokedList> lists)
    {
        if (RevokedLists.FindStranger(list, DomainRule.Of(authority)) is { } stranger)
        {
            return Refuse("revokedUserList", $"{stranger} is not in the domain of {authority.Subject}", "Name users of the domain alone.").Rejection;
        }

        lists.RemoveAll(other => other.Domain == domain); // the same one stands with each key of a domain
        lists.Add(new RevokedList(received.From, domain, received.SentAt, RevokedLists.Read(list)));
        return null;
    }

    private static (Rejection? Rejection, IReadOnlyList<StoreChange> Changes) Refuse(string field, string value, string nextStep) =>
        (new Rejection(PKIFailureInfo.InvalidRequestParameters, field, value, "CKI Part 2 ¶42, profile section 1.1", nextStep), []);
}
