namespace CkiSdk.Cli.Homes;

/// <summary>Says where the key of a home comes from: 32 octets, written as 64 hexadecimal digits.</summary>
/// <param name="Kind">One of the words below.</param>
/// <param name="Place">The path of the file, relative to the home; the name of the environment variable; the URI of a secret key in a token.</param>
internal sealed record HomeKeySource(string Kind, string Place)
{
    /// <summary>A file that its owner alone may read.</summary>
    public const string File = "file";

    /// <summary>An environment variable.</summary>
    public const string Environment = "environment";

    /// <summary>A secret key in a token, from which the key of the home is derived.</summary>
    public const string Token = "token";
}
