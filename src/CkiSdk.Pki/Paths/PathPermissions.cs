namespace CkiSdk.Pki.Paths;

/// <summary>Names what is accepted only where somebody says so.</summary>
[Flags]
public enum PathPermissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Certificates of version 1 and 2 at the end of a path; above it, version 1 for an anchor only, because nothing says that it is an authority.</summary>
    Version1 = 1,

    /// <summary>Certificates that do not keep the profile of RFC 5280 §4 or of the web PKI, as long as the path is valid by RFC 5280 §6.</summary>
    LooseProfile = 2,
}
