using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Makes the interoperability key of an exchange between CMAs, the same on both sides (CKI Part 2 ¶46–52).</summary>
internal sealed class PeerKeys(CmaContext cma, AuthorityCheck authorities, Revocation revocation, RevokedUserNews news, KeyArrival arrival)
{
    private const string Invalid = "CKI Part 2 ¶57 b, profile section 4";

    /// <summary>Lists the own domain certificates that are valid, the latest start first.</summary>
    public async ValueTask<IReadOnlyList<DomainKey>> OwnAsync(CancellationToken cancellationToken)
    {
        var stored = await cma.Store.ListDomainKeysAsync(cancellationToken).ConfigureAwait(false);
        var keys = new List<DomainKey>();
        foreach (var key in stored)
        {
            var certificate = Certificate.Decode(key.Certificate);
            if (certificate.IsValidAt(cma.Now) && DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, cma.Options.Groups, out var group, out _))
            {
                keys.Add(new DomainKey(certificate, group, key.WrappedExponent));
            }
        }

        return [.. keys.OrderByDescending(key => key.Certificate.NotBefore)];
    }

    /// <summary>Writes the own parameters (CKI Part 2 ¶58).</summary>
    public async ValueTask<PeerExchangeInfo> WriteAsync(DomainKey key, string myReference, CancellationToken cancellationToken) => new()
    {
        DomainCertificate = key.Certificate.Value,
        MyIKRef = new IKReference((OctetString)Convert.FromHexString(myReference)),
        RevokedUsers = RevokedLists.Write(await news.ListAsync(cancellationToken).ConfigureAwait(false)),
        ExternalCMACertificate = cma.Certificate.Value,
    };

    /// <summary>Checks the parameters of the peer.</summary>
    /// <returns>What is wrong, or the group of his domain certificate and his CMA certificate.</returns>
    public async ValueTask<(Rejection? Rejection, CheckedPeer? Peer)> CheckAsync(PeerExchangeInfo theirs, Received received, CancellationToken cancellationToken)
    {
        var certificate = Certificate.From(theirs.DomainCertificate);
        var peer = (await cma.Store.FindPeerAsync(received.From, cancellationToken).ConfigureAwait(false))!;
        if (!certificate.Subject.Equals(received.Sender.Name) || certificate.Subject.Equals(cma.Me) || certificate.KeyUsage != KeyUsage.KeyAgreement)
        {
            return Refuse("domainCertificate", $"{certificate.Subject} is not the sender, {received.Sender.Name}, or the certificate is no domain certificate", "Send your own domain certificate.");
        }

        var sent = theirs.ExternalCMACertificate is { } value ? Certificate.From(value) : null;
        if ((sent ?? await cma.Authorities.CurrentAsync(received.From, cma.Now, cancellationToken).ConfigureAwait(false)) is not { } authority)
        {
            return Refuse("externalCMACertificate", "it is missing, and none is known", "Send the CMA certificate, too.");
        }

        var known = await cma.Authorities.OfAsync(received.From, cancellationToken).ConfigureAwait(false);
        if (await authorities.FindObjectionAsync(authority, received.Sender.Name, peer, known, cancellationToken).ConfigureAwait(false) is { } objection)
        {
            return Refuse("externalCMACertificate", objection, "Have the operators configure an anchor for the certificate and its domain.");
        }

        var path = new PathValidator(TrustAnchor.Of([authority, .. known, .. cma.Options.Anchors]), cma.Party.Provider).Validate(certificate, [authority], new PathOptions { Time = cma.Now });
        if (!path.IsValid)
        {
            return Refuse("domainCertificate", path.ToString(), "Send a domain certificate that your CMA or the TLCMA has signed.");
        }

        if (!InteroperabilityKeyRing.IsReference(theirs.MyIKRef))
        {
            return Refuse("myIKRef", $"it has {theirs.MyIKRef.Value.Length} octets, not 16", "Use 16 random octets as reference.");
        }

        if (RevokedLists.FindStranger(theirs.RevokedUsers, DomainRule.Of(authority)) is { } stranger)
        {
            return Refuse("revokedUsers", $"{stranger} is not in the sender's domain", "Name users of your domain alone.");
        }

        if (!DhPublicKeys.TryDecode(certificate.SubjectPublicKeyInfo, cma.Options.Groups, out var group, out var publicValue))
        {
            return (new Rejection(PKIFailureInfo.AlternativeBaseAndModulusRequired, "domainCertificate", "its base and modulus are none that is configured here", "CKI Part 2 ¶51, ¶57 c", "Agree on a group with the operator."), null);
        }

        return cma.Party.Provider.DiffieHellman.IsValidPublicValue(group, publicValue)
            ? (null, new CheckedPeer(certificate, authority, group, publicValue, theirs))
            : Refuse("domainCertificate", "its public value is not in the subgroup", "Make a new domain key.");
    }

    /// <summary>Derives the key with what both sides have sent.</summary>
    public async ValueTask<(Rejection? Rejection, StoredInteroperabilityKey? Key)> DeriveAsync(
        DomainKey mine, string myReference, CheckedPeer theirs, string peer, CancellationToken cancellationToken)
    {
        var start = WholeSeconds.Later(mine.Certificate.NotBefore, theirs.Certificate.NotBefore);
        var end = WholeSeconds.Earlier(mine.Certificate.NotAfter, theirs.Certificate.NotAfter);
        if (end <= start || end <= cma.Now)
        {
            return (Refuse("domainCertificate", "the validities of the two domain certificates have nothing left in common", "Exchange newer domain certificates.").Rejection, null);
        }

        using var own = await cma.Keys.OpenDomainKeyAsync(mine.Group, mine.WrappedExponent, cancellationToken).ConfigureAwait(false);
        if (own.PublicValue.Span.SequenceEqual(theirs.PublicValue))
        {
            return (Refuse("domainCertificate", "it holds the public value of this CMA", "Send your own domain certificate.").Rejection, null);
        }

        using var shared = await own.AgreeAsync(theirs.PublicValue, cancellationToken).ConfigureAwait(false);
        var yourReference = theirs.Sent.MyIKRef.Value;
        using var key = KeyDerivation.InteroperabilityKey(
            shared,
            new DomainSide(mine.Certificate.Subject.Name, Convert.FromHexString(myReference), mine.Certificate.Sha256()),
            new DomainSide(theirs.Certificate.Subject.Name, yourReference.Memory, theirs.Certificate.Sha256()));
        return (null, new StoredInteroperabilityKey(myReference, peer, start, end, cma.Keys.Wrap(key))
        {
            YourReference = yourReference.ToHex(),
            DomainCertificate = mine.Certificate.Encoded,
        });
    }

    /// <summary>Works out the changes that the key and the peer's parameters make.</summary>
    public async ValueTask<IReadOnlyList<StoreChange>> TakeAsync(StoredInteroperabilityKey key, CheckedPeer theirs, ExchangedSoFar exchanged, Received received, CancellationToken cancellationToken)
    {
        var changes = new List<StoreChange>
        {
            new StoreChange.AddAuthority(new StoredAuthority(received.From, theirs.Authority.Encoded, cma.Now)),
            new StoreChange.PutKey(key),
        };
        var list = new RevokedList(received.From, received.From, received.SentAt, RevokedLists.Read(theirs.Sent.RevokedUsers));
        changes.AddRange(await revocation.ApplyAsync([list], cancellationToken).ConfigureAwait(false));
        if (!exchanged.Keys.Any(known => known.MyReference == key.MyReference))
        {
            changes.AddRange(await arrival.AnnounceAsync(key, authority: null, cancellationToken).ConfigureAwait(false));
            changes.AddRange(await CrlArrival.TellPeerAsync(cma, received.Sender.Name, cancellationToken).ConfigureAwait(false));
        }

        return changes;
    }

    private static (Rejection? Rejection, CheckedPeer? Peer) Refuse(string field, string value, string nextStep) =>
        (new Rejection(PKIFailureInfo.InvalidRequestParameters, field, value, Invalid, nextStep), null);
}
