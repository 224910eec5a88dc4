using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Pipeline;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Holds what every exchange of a CMA uses.</summary>
/// <param name="Party">What every authority has.</param>
/// <param name="Options">What it is configured with.</param>
/// <param name="Signers">Its CMA certificates.</param>
/// <param name="Keys">Its interoperability keys.</param>
/// <param name="Authorities">The CMA certificates of all domains.</param>
internal sealed record CmaContext(PartyContext Party, CmaOptions Options, Signers Signers, InteroperabilityKeyRing Keys, Authorities Authorities)
{
    /// <summary>Gets the CMA's name.</summary>
    public DistinguishedName Me => Options.Certificate.Subject;

    /// <summary>Gets the store.</summary>
    public ICmaStore Store => Party.Store;

    /// <summary>Gets the serial numbers of its certificates.</summary>
    public SerialStock Serials { get; } = new(Party, Options.Certificate.Subject);

    /// <summary>Gets what computes the public values of certificates.</summary>
    public GatheredPowers Powers { get; } = new(Party.Provider.DiffieHellman);

    /// <summary>Gets whether the CMA certificate in force is revoked.</summary>
    public OwnStanding Standing { get; } = new(Party, Signers);

    /// <summary>Gets the present.</summary>
    public DateTimeOffset Now => Party.Time.GetUtcNow();

    /// <summary>Gets the CMA certificate in force.</summary>
    public Certificate Certificate => Signers.At(Now).Certificate;

    /// <summary>Gets the CMA certificates that are not over, the one to come included once others have to know it, and the anchors, which may have been made anew: they go along with CRLs (profile section 4).</summary>
    public IReadOnlyList<Certificate> CertificatesToTell =>
    [
        .. Signers.All.Select(signer => signer.Certificate).Where(certificate => certificate.NotAfter > Now && certificate.NotBefore <= Now + Options.RenewalTime),
        .. Options.Anchors.Concat(Options.AuthenticationAnchors).Where(certificate => certificate.IsValidAt(Now)),
    ];

    /// <summary>Tells whether a name lies in the own domain.</summary>
    public bool IsMine(DistinguishedName name) => DomainRule.Of(Certificate).Admits(name);

    /// <summary>Returns the group of certificates with a start: that of the local key in effect then (CKI Part 2 ¶36), else the configured one.</summary>
    public async ValueTask<DhGroup> GroupAtAsync(DateTimeOffset start, CancellationToken cancellationToken) =>
        GroupAt(start, await Store.StateAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Returns the group of certificates with a start, where one looks at the state already.</summary>
    public DhGroup GroupAt(DateTimeOffset start, IStateView state) =>
        RulingAt(start, InteroperabilityKeyRing.KeysWith(cma: null, state)) is { BaseAndModulus.IsEmpty: false } key
            && BaseModInfo.TryDecode(key.BaseAndModulus, out var parameters) && Groups.TryFind(parameters, Options.Groups, out var group)
            ? group
            : Options.Group;

    // The group is not retired with the key that it came with: it is the domain's until another comes.
    private static StoredInteroperabilityKey? RulingAt(DateTimeOffset start, IReadOnlyList<StoredInteroperabilityKey> local) =>
        InteroperabilityKeyRing.InEffect(local, start) ?? InteroperabilityKeyRing.InEffect([.. local.Select(key => key with { IsRetired = false })], start);

    /// <summary>Lists the CMA certificates to come that were told already: who comes later, or is restored, has to know them, too.</summary>
    /// <param name="state">The state.</param>
    public IReadOnlyList<Certificate> Successors(IStateView state)
    {
        var current = Certificate;
        return [.. state.ListAuthorities().Where(authority => authority.Cma == Me.Canonical).Select(authority => Certificate.Decode(authority.Encoded)).Where(certificate => certificate.NotBefore > current.NotBefore && certificate.NotAfter > Now)];
    }

    /// <summary>Makes the change that puts an announcement into the outbox of a party.</summary>
    /// <param name="recipient">The party.</param>
    /// <param name="body">What is announced.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="extra">The certificates that go along; null for none.</param>
    public async ValueTask<StoreChange> AnnounceAsync(DistinguishedName recipient, PKIBody body, CancellationToken cancellationToken, IReadOnlyList<Certificate>? extra = null)
    {
        var now = await Party.Clock.NextAsync(cancellationToken).ConfigureAwait(false);
        var message = Party.Writer.Begin(recipient, body, now);
        if (extra is { Count: > 0 })
        {
            message = message with { ExtraCerts = (SequenceOf<Asn1.Modules.AuthenticationFramework.Certificate>)extra.Select(certificate => certificate.Value).ToArray() };
        }

        return Announcements.Put(recipient.Canonical, message, now);
    }

    /// <summary>Decides changes and commits them, one such work at a time, also beside other processes; it is decided anew where another one was committed meanwhile.</summary>
    /// <param name="decide">Decides; no changes are no work.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask CommitAsync(Func<ValueTask<IReadOnlyList<StoreChange>>> decide, CancellationToken cancellationToken) => Party.CommitAsync(decide, cancellationToken);
}
