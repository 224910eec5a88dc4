using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Binding;

/// <summary>Holds what the initiator of a connection binds with.</summary>
public sealed record BindOptions
{
    /// <summary>Gets the own authentication certificate with its key.</summary>
    public required BindIdentity Identity { get; init; }

    /// <summary>Gets to whom the connection shall lead.</summary>
    public required DistinguishedName Responder { get; init; }

    /// <summary>Gets the certificates that the responder's authentication certificate must lead to.</summary>
    public required IReadOnlyList<Certificate> Anchors { get; init; }

    /// <summary>Gets what signs and verifies.</summary>
    public required CryptoProvider Provider { get; init; }

    /// <summary>Gets how far the clocks of the two sides may be apart.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);
}
