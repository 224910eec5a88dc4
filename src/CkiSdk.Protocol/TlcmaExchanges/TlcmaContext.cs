using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.TlcmaExchanges;

/// <summary>Holds what every exchange of a TLCMA uses.</summary>
/// <param name="Party">What every authority has.</param>
/// <param name="Options">What it is configured with.</param>
/// <param name="Keys">Wraps and makes keys.</param>
internal sealed record TlcmaContext(PartyContext Party, TlcmaOptions Options, InteroperabilityKeyRing Keys)
{
    /// <summary>Gets the store.</summary>
    public ICmaStore Store => Party.Store;

    /// <summary>Gets the present.</summary>
    public DateTimeOffset Now => Party.Time.GetUtcNow();

    /// <summary>Lists the CMAs that this TLCMA serves.</summary>
    public async ValueTask<IReadOnlyList<StoredPeer>> CmasAsync(CancellationToken cancellationToken) =>
        [.. (await Store.ListPeersAsync(cancellationToken).ConfigureAwait(false)).Where(peer => peer.Kinds.HasFlag(PartyKinds.Cma))];

    /// <summary>Returns the CMA certificate of a domain that is in force; null where there is none.</summary>
    public async ValueTask<Certificate?> CertificateOfAsync(StoredPeer cma, CancellationToken cancellationToken) =>
        (await Store.ListAuthoritiesAsync(cancellationToken).ConfigureAwait(false))
            .Where(authority => authority.Cma == cma.CanonicalName)
            .Select(authority => Certificate.Decode(authority.Encoded))
            .Where(certificate => certificate.IsValidAt(Now))
            .MaxBy(certificate => certificate.NotBefore);

    /// <summary>Returns the names of a domain.</summary>
    public static DomainRule DomainOf(StoredPeer cma) => DomainRule.From(NameConstraintsSyntax.Decode(cma.Domain));

    /// <summary>Makes the change that puts an announcement into the outbox of a CMA.</summary>
    public async ValueTask<StoreChange> AnnounceAsync(StoredPeer recipient, PKIBody body, CancellationToken cancellationToken)
    {
        var now = await Party.Clock.NextAsync(cancellationToken).ConfigureAwait(false);
        var message = Party.Writer.Begin(DistinguishedName.Decode(recipient.Name), body, now);
        if (body is PKIBody.Crlann)
        {
            // They may have been made anew for the same keys (profile section 4).
            message = message with { ExtraCerts = (SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)Options.AuthenticationAnchors.Prepend(Options.Certificate).Select(certificate => certificate.Value).ToArray() };
        }

        return Announcements.Put(recipient.CanonicalName, message, now);
    }
}
