namespace CkiSdk.Cli.Homes;

/// <summary>Is the file <c>state.json</c>: what the agent of a user remembers. Seed keys are wrapped under the key of the home (RFC 3394).</summary>
internal sealed record UserState
{
    /// <summary>Gets the version of the file.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the seed keys.</summary>
    public IReadOnlyList<WrappedSeed> Seeds { get; init => field = value ?? []; } = [];

    /// <summary>Gets the DER of the CMA certificates that came later.</summary>
    public IReadOnlyList<byte[]> Authorities { get; init => field = value ?? []; } = [];

    /// <summary>Gets the DER of the latest CRLs.</summary>
    public IReadOnlyList<byte[]> Crls { get; init => field = value ?? []; } = [];

    /// <summary>Gets the DER of the user's send certificates and of others' receive certificates, those that came last first.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init => field = value ?? []; } = [];

    /// <summary>Gets the time of the answer taken last.</summary>
    public DateTimeOffset LastAnswer { get; init; }

    /// <summary>Gets the time of the announcement taken last.</summary>
    public DateTimeOffset LastAnnouncement { get; init; }

    /// <summary>Gets the DER of the requests for recovered keys that wait for approval.</summary>
    public IReadOnlyList<byte[]> Recoveries { get; init => field = value ?? []; } = [];

    /// <summary>Gets the one such request of which an older program knew; null for none.</summary>
    public byte[]? Recovery { get; init; }
}

/// <summary>Is a wrapped seed key.</summary>
/// <param name="Cma">The DER of the name of the CMA whose certificates it serves.</param>
/// <param name="User">The DER of the user's name.</param>
/// <param name="Identifier">The DER of its identifier.</param>
/// <param name="NotBefore">From when it may be used.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="Key">The wrapped key, 40 octets.</param>
internal sealed record WrappedSeed(byte[] Cma, byte[] User, byte[] Identifier, DateTimeOffset NotBefore, DateTimeOffset NotAfter, byte[] Key);
