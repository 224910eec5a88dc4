using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what a request of an authority came to.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Failure">Why it was rejected, for programs; no bit is set otherwise.</param>
/// <param name="Text">What the other side says, for people.</param>
public sealed record RequestOutcome(PKIStatus Status, PKIFailureInfo Failure, string Text);
