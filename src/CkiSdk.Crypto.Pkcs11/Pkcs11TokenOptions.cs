namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Sets the limits within which a token is used.</summary>
public sealed record Pkcs11TokenOptions
{
    /// <summary>Gets how many operations may run in the token at once, each in a session of its own; the others wait. Default 8.</summary>
    public int MaxSessions { get; init; } = 8;
}
