using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Binding;

namespace CkiSdk.Protocol.Options;

/// <summary>Holds what a TLCMA is configured with.</summary>
public sealed record TlcmaOptions
{
    /// <summary>Gets the TLCMA's certificate, which CMA certificates and domain certificates lead to.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>Gets the key of the certificate.</summary>
    public required ISigningKey SigningKey { get; init; }

    /// <summary>Gets the algorithm that certificates are signed with.</summary>
    public required SignatureAlgorithm SignatureAlgorithm { get; init; }

    /// <summary>Gets the key that wraps interoperability keys in the store, 32 octets.</summary>
    public required Secret StorageKey { get; init; }

    /// <summary>Gets the base and modulus of all domains (CKI Part 2 ¶27 a).</summary>
    public DhGroup Group { get; init; } = DhGroups.Default;

    /// <summary>Gets how long an interoperability key is in effect for which no end is requested.</summary>
    public TimeSpan DefaultKeyLifetime { get; init; } = TimeSpan.FromDays(2 * 365);

    /// <summary>Gets how long an interoperability key is in effect at most, the security policy of CKI Part 2 ¶37.</summary>
    public TimeSpan MaximumKeyLifetime { get; init; } = TimeSpan.FromDays(5 * 365);

    /// <summary>Gets how long before the end of a key the next one is made and announced (CKI Part 2 ¶30 a); it comes into effect half that time before the end.</summary>
    public TimeSpan RenewalTime { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Gets how long a CRL of this TLCMA is current; a new one is issued at half that time.</summary>
    public TimeSpan CrlLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets a value indicating whether answers hold the keys of domains that were not asked for, where both CMAs have such a key (CKI Part 2 ¶35).</summary>
    public bool OffersAllDomains { get; init; }

    /// <summary>Gets a value indicating whether domains get a domain certificate with its private key, for exchanges between CMAs (CKI Part 2 ¶27 d).</summary>
    public bool SuppliesDomainKeys { get; init; }

    /// <summary>Gets the certificates that encryption certificates sent along must lead to.</summary>
    public IReadOnlyList<Certificate> AuthenticationAnchors { get; init; } = [];

    /// <summary>Gets what connections are bound with that authenticate nobody themselves (CKI Part 2 §III.I); null where there are none.</summary>
    public BindIdentity? Bind { get; init; }

    /// <summary>Gets how far the clocks of two parties may be apart (profile section 4, Order).</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how old a message may be (profile section 4, Exactly once).</summary>
    public TimeSpan ReplayWindow { get; init; } = TimeSpan.FromDays(14);
}
