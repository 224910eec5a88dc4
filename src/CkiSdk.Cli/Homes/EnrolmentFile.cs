namespace CkiSdk.Cli.Homes;

/// <summary>Is what a user gets from the operator of his CMA to begin with: who his CMA is, and keys encrypted under a secret that comes by another way.</summary>
internal sealed record EnrolmentFile
{
    /// <summary>Gets the version of the file.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the user's name.</summary>
    public required string User { get; init; }

    /// <summary>Gets the card of his CMA.</summary>
    public required PartyCard Cma { get; init; }

    /// <summary>Gets his authentication certificate and, encrypted, its key, as PEM.</summary>
    public required EnrolledKey Authentication { get; init; }

    /// <summary>Gets the certificate to which keys for him are sealed and, encrypted, its key, as PEM.</summary>
    public required EnrolledKey Encryption { get; init; }
}

/// <summary>Is a certificate with its encrypted key.</summary>
/// <param name="Certificate">The certificate as PEM.</param>
/// <param name="Key">The key as PEM "ENCRYPTED PRIVATE KEY".</param>
internal sealed record EnrolledKey(string Certificate, string Key);
