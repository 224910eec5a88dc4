using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Is what a receive certificate of an own user hangs on.</summary>
/// <param name="Key">The interoperability key shared with the issuer.</param>
/// <param name="Authority">The issuer's CMA certificate.</param>
internal sealed record CheckedReceiveCertificate(StoredInteroperabilityKey Key, Certificate Authority);
