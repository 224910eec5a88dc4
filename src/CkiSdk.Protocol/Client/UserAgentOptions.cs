using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Client;

/// <summary>Holds what a user agent is configured with.</summary>
public sealed record UserAgentOptions
{
    /// <summary>Gets the user's name.</summary>
    public required DistinguishedName User { get; init; }

    /// <summary>Gets the certificate of the user's CMA; messages and certificates are checked against it.</summary>
    public required Certificate CmaCertificate { get; init; }

    /// <summary>Gets the certificates that later certificates of the CMA must lead to, besides the one above, such as the TLCMA's.</summary>
    public IReadOnlyList<Certificate> Anchors { get; init; } = [];

    /// <summary>Gets the certificates that authentication certificates of the CMA must lead to. The agent checks none; it takes those that are made anew for the same keys (<see cref="UserAgent.RenewedAuthorities"/>).</summary>
    public IReadOnlyList<Certificate> AuthenticationAnchors { get; init; } = [];

    /// <summary>Gets the user's encryption certificate with its private key, to which seed keys come sealed.</summary>
    public required EncryptionIdentity Encryption { get; init; }

    /// <summary>Gets the groups that certificates may use.</summary>
    public DhGroupSet Groups { get; init; } = DhGroups.Named;

    /// <summary>Gets how far the clocks of two parties may be apart (profile section 4, Order).</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how old a message may be (profile section 4, Exactly once).</summary>
    public TimeSpan ReplayWindow { get; init; } = TimeSpan.FromDays(14);
}
