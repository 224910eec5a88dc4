using CkiSdk.Pki.Certificates;

namespace CkiSdk;

/// <summary>Says by which certificates a message was sealed.</summary>
/// <param name="SendCertificate">The sender's.</param>
/// <param name="ReceiveCertificates">The recipients', in the order in which they were named.</param>
public sealed record SealedMessage(Certificate SendCertificate, IReadOnlyList<Certificate> ReceiveCertificates);
