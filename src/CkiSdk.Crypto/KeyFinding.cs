namespace CkiSdk.Crypto;

/// <summary>Says why a key is refused.</summary>
/// <param name="Code">The kind of refusal.</param>
/// <param name="Reason">The reason, which names the weakness; never anything secret.</param>
public sealed record KeyFinding(CryptoError Code, string Reason);
