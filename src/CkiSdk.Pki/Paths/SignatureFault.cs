namespace CkiSdk.Pki.Paths;

/// <summary>Says why a signature does not count; the message goes on after "the signature".</summary>
internal sealed record SignatureFault(ReasonCode Code, string Message);
