namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Says where the keys of tokens live.</summary>
internal static class TokenLocations
{
    /// <summary>The place of all keys in tokens.</summary>
    public const string Place = "token";

    /// <summary>Gives the location of a key.</summary>
    public static KeyLocation Of(TokenObject key) => new(Place, key.Name);
}
