namespace CkiSdk.Pki.Certificates;

/// <summary>Names the sets of rules that certificates are checked against.</summary>
[Flags]
public enum LintRules
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>What RFC 5280 §4, and the standards of the algorithms that it names, demand of every issuer.</summary>
    Rfc5280 = 1,

    /// <summary>What the CA/Browser Forum demands of the certificates of TLS servers.</summary>
    WebPki = 2,

    /// <summary>What the profile of the CKI, section 2, demands.</summary>
    Cki = 4,
}
