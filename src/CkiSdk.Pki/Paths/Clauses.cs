namespace CkiSdk.Pki.Paths;

/// <summary>Names the clauses that reasons refer to.</summary>
internal static class Clauses
{
    public const string Signature = "RFC 5280 §6.1.3 (a)(1)";
    public const string Validity = "RFC 5280 §6.1.3 (a)(2)";
    public const string Revocation = "RFC 5280 §6.1.3 (a)(3)";
    public const string Issuer = "RFC 5280 §6.1.3 (a)(4)";
    public const string Permitted = "RFC 5280 §6.1.3 (b)";
    public const string NotExcluded = "RFC 5280 §6.1.3 (c)";
    public const string ExplicitPolicy = "RFC 5280 §6.1.3 (f)";
    public const string PolicyMapping = "RFC 5280 §6.1.4 (a)";
    public const string NameConstraints = "RFC 5280 §4.2.1.10";
    public const string Version = "RFC 5280 §6.1.4 (k)";
    public const string Authority = "RFC 5280 §6.1.4 (k)";
    public const string PathLength = "RFC 5280 §6.1.4 (l)";
    public const string SigningUsage = "RFC 5280 §6.1.4 (n)";
    public const string CriticalAuthority = "RFC 5280 §6.1.4 (o)";
    public const string CriticalEnd = "RFC 5280 §6.1.5 (f)";
    public const string WrapUpPolicy = "RFC 5280 §6.1.5 (g)";
    public const string Purpose = "RFC 5280 §4.2.1.12";
    public const string KeyUsage = "RFC 5280 §4.2.1.3";
    public const string Extension = "RFC 5280 §4.2";
    public const string Key = "RFC 5280 §4.1.2.7";
    public const string HostName = "RFC 9525 §6";
    public const string Mailbox = "RFC 8550 §3";
    public const string Building = "RFC 4158";
}
