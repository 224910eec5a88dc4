using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Is somebody who shall open a message.</summary>
/// <param name="User">Whom the sender means; the certificate must be his.</param>
/// <param name="ReceiveCertificate">The receive certificate that the sender's CMA issued for him.</param>
public sealed record SealingRecipient(DistinguishedName User, Certificate ReceiveCertificate);
