using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Server;

/// <summary>Is what became of a request for a send certificate.</summary>
internal abstract record SendCertificateOutcome
{
    private SendCertificateOutcome()
    {
    }

    /// <summary>The certificate was made; modified where its validity is not the one suggested (CKI Part 2 ¶84).</summary>
    public sealed record Made(Certificate Certificate, bool IsModified) : SendCertificateOutcome;

    /// <summary>There is no certificate.</summary>
    public sealed record Refused(Rejection Rejection) : SendCertificateOutcome;
}
