using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Protocol.Client;

/// <summary>Is the private key of one certificate, recovered (CKI Part 2 ¶123).</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="PrivateKey">Its private key, which the caller disposes of.</param>
public sealed record RecoveredKey(Certificate Certificate, IDhKey PrivateKey);
