using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Client;

/// <summary>Is all that a user agent must remember from one run to the next; it holds the user's seed keys in the clear, so keep them encrypted.</summary>
public sealed record AgentState : IDisposable
{
    /// <summary>Gets the seed keys, local and external.</summary>
    public IReadOnlyList<SeedKey> Seeds { get; init; } = [];

    /// <summary>Gets the CMA certificates that came after the configured one: those of the user's CMA that follow it, and those of other domains.</summary>
    public IReadOnlyList<Certificate> Authorities { get; init; } = [];

    /// <summary>Gets the certificates that have followed the configured anchors, for the same keys.</summary>
    public IReadOnlyList<Certificate> RenewedAuthorities { get; init; } = [];

    /// <summary>Gets the latest CRL of each authority.</summary>
    public IReadOnlyList<RevocationList> RevocationLists { get; init; } = [];

    /// <summary>Gets the messageTime of the answer taken last; <see cref="DateTimeOffset.MinValue"/> for none.</summary>
    public DateTimeOffset LastAnswer { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Gets the messageTime of the announcement taken last; <see cref="DateTimeOffset.MinValue"/> for none.</summary>
    public DateTimeOffset LastAnnouncement { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Zeroes the seed keys.</summary>
    public void Dispose()
    {
        foreach (var seed in Seeds)
        {
            seed.Dispose();
        }
    }
}
