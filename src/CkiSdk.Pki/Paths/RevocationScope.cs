namespace CkiSdk.Pki.Paths;

/// <summary>Says for which certificates the revocation lists at hand must give an answer. Whatever they say about any other counts, too.</summary>
public enum RevocationScope
{
    /// <summary>For none.</summary>
    None,

    /// <summary>For the certificate at the end of the path.</summary>
    EndCertificate,

    /// <summary>For every certificate but the anchor.</summary>
    WholePath,
}
