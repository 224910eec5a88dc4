namespace CkiSdk.Cli.Homes;

/// <summary>Says where an authority keeps its state when that is no file of its home.</summary>
/// <param name="Address">The address, <c>postgres://USER@HOST:PORT/DATABASE</c>; it holds no password.</param>
internal sealed record StorePlace(string Address)
{
    /// <summary>Gets the file with the password, which its owner alone may read; null where it comes from elsewhere.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Gets the environment variable with the password; null where it comes from elsewhere.</summary>
    public string? PasswordEnvironment { get; init; }
}
