using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Client;

/// <summary>Is what a request for receive certificates came to.</summary>
public abstract record ReceiveCertificatesResult
{
    private ReceiveCertificatesResult()
    {
    }

    /// <summary>There are certificates.</summary>
    /// <param name="Certificates">The certificates, in the order of the recipients asked for.</param>
    /// <param name="IsModified">Whether the validity of one differs from the one suggested (CKI Part 2 ¶98).</param>
    public sealed record Granted(IReadOnlyList<Certificate> Certificates, bool IsModified) : ReceiveCertificatesResult;

    /// <summary>The CMA refuses.</summary>
    /// <param name="Failure">Why, for programs.</param>
    /// <param name="Text">Why, for people.</param>
    public sealed record Rejected(PKIFailureInfo Failure, string Text) : ReceiveCertificatesResult;

    /// <summary>The CMA has not decided yet; send the same octets again later.</summary>
    /// <param name="Text">What it says, for people.</param>
    public sealed record Waiting(string Text) : ReceiveCertificatesResult;
}
