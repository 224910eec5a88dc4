using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Options;

/// <summary>Holds what a CMA is configured with.</summary>
public sealed record CmaOptions
{
    /// <summary>The value of a limit that allows any number.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>Gets the CMA certificate, whose domain extension says whom the CMA serves (profile section 2).</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>Gets the key of the CMA certificate.</summary>
    public required ISigningKey SigningKey { get; init; }

    /// <summary>Gets the algorithm that certificates are signed with.</summary>
    public required SignatureAlgorithm SignatureAlgorithm { get; init; }

    /// <summary>Gets the CMA certificates that follow, each in force from its start, so that the key of the CMA changes gracefully (CKI Part 2 B.8, RFC 2510 2.1.2.11).</summary>
    public IReadOnlyList<CmaSigner> Successors { get; init; } = [];

    /// <summary>Gets the key that wraps interoperability keys in the store, 32 octets.</summary>
    public required Secret StorageKey { get; init; }

    /// <summary>Gets the group of send and receive certificates, the domain's base and modulus (CKI Part 2 ¶27 a), unless the TLCMA supplies it.</summary>
    public DhGroup Group { get; init; } = DhGroups.Default;

    /// <summary>Gets how long a certificate is valid for which no end is suggested.</summary>
    public TimeSpan DefaultLifetime { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Gets how long a certificate is valid at most.</summary>
    public TimeSpan MaximumLifetime { get; init; } = TimeSpan.FromDays(3 * 365);

    /// <summary>Gets how long before the end of a local key the next one is made and announced; it comes into effect half that time before the end. The next CMA certificate is announced as long before its start.</summary>
    public TimeSpan RenewalTime { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Gets how long before the end of a user's send certificate the next one is made and announced (CKI Part 2 ¶79); it is valid from half that time before the end.</summary>
    public TimeSpan CertificateRenewalTime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Gets what turns key recovery on; null leaves it off (CKI Part 2 ¶121).</summary>
    public RecoveryOptions? Recovery { get; init; }

    /// <summary>Gets how long a CRL is current; a new one is issued at half that time.</summary>
    public TimeSpan CrlLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets how long a revoked send certificate stays in the CRL after its end: messages are opened later, too, and whoever has stolen its key could go on to seal under it.</summary>
    public TimeSpan RevokedSendRetention { get; init; } = TimeSpan.FromDays(5 * 365);

    /// <summary>Gets how far the clocks of two parties may be apart (profile section 4, Order).</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how old a message may be: the records that recognise a repeated one last at least as long (profile section 4, Exactly once).</summary>
    public TimeSpan ReplayWindow { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Gets how many users of other domains, whom nobody of this domain has named before, one user may name within 24 hours in requests for receive certificates: nobody here can tell whether they exist, and each stays in the store. <see cref="Unlimited"/>: any number, and none are counted.</summary>
    public int NewNamesPerDay { get; init; } = 1000;

    /// <summary>Gets whether the TLCMA is asked for the domain of a recipient whom a user names and whose domain, or the key with it, is unknown (CKI Part 2 ¶28 b, ¶31 b); the user's answer is waiting meanwhile. Somebody must send the requests of the CMA all the time.</summary>
    public bool AsksForDomains { get; init; }

    /// <summary>Gets the services that a request for certificates must have had; local policy by CKI Part 2 ¶83.</summary>
    public SecurityServices RequiredOfRequests { get; init; } = SecurityServices.OriginAuthentication | SecurityServices.Integrity;

    /// <summary>Gets the groups that keys of other parties may have.</summary>
    public DhGroupSet Groups { get; init; } = DhGroups.Named;

    /// <summary>Gets the certificates that CMA certificates of other domains must lead to, such as the TLCMA's.</summary>
    public IReadOnlyList<Certificate> Anchors { get; init; } = [];

    /// <summary>Gets the certificates that authentication and encryption certificates must lead to (profile section 2).</summary>
    public IReadOnlyList<Certificate> AuthenticationAnchors { get; init; } = [];

    /// <summary>Gets the encryption certificate with its key, to which the TLCMA seals keys; null where there is no TLCMA.</summary>
    public EncryptionIdentity? Encryption { get; init; }

    /// <summary>Gets what connections are bound with that authenticate nobody themselves (CKI Part 2 §III.I); null where there are none.</summary>
    public BindIdentity? Bind { get; init; }
}
