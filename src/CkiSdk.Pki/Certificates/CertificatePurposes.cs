namespace CkiSdk.Pki.Certificates;

/// <summary>Names what an authentication certificate is good for (profile section 2).</summary>
[Flags]
public enum CertificatePurposes
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>Being the client of a TLS connection.</summary>
    TlsClient = 1,

    /// <summary>Being the server of a TLS connection.</summary>
    TlsServer = 2,

    /// <summary>Signing bind tokens.</summary>
    Bind = 4,

    /// <summary>Signing mail.</summary>
    Mail = 8,

    /// <summary>Receiving protected keys.</summary>
    KeyReceipt = 16,
}
