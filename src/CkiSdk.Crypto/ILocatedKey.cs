namespace CkiSdk.Crypto;

/// <summary>Is a private or secret key that says where it lives.</summary>
public interface ILocatedKey : IDisposable
{
    /// <summary>Gets where the key lives.</summary>
    KeyLocation Location { get; }
}
