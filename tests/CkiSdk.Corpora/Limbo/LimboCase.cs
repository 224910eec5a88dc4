namespace CkiSdk.Corpora.Limbo;

/// <summary>Is one test case, as far as it is used: the names are those of the format.</summary>
internal sealed record LimboCase
{
    public required string Id { get; init; }

    public string[] Features { get; init; } = [];

    public required string ValidationKind { get; init; }

    public string[] TrustedCerts { get; init; } = [];

    public string[] UntrustedIntermediates { get; init; } = [];

    public required string PeerCertificate { get; init; }

    public DateTimeOffset? ValidationTime { get; init; }

    public string[] KeyUsage { get; init; } = [];

    public string[] ExtendedKeyUsage { get; init; } = [];

    public required string ExpectedResult { get; init; }

    public LimboName? ExpectedPeerName { get; init; }

    public LimboName[] ExpectedPeerNames { get; init; } = [];

    public int? MaxChainDepth { get; init; }

    public string[]? Crls { get; init; }
}
