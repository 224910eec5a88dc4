namespace CkiSdk.Pki.Names;

/// <summary>Finds the host in a URI (RFC 3986 §3.2.2), without the generosity of the framework's parser.</summary>
internal static class UriHosts
{
    /// <summary>Gives the fully qualified host in lower case; null if the URI has no authority, or an address in it.</summary>
    public static string? Find(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !uri.AsSpan(colon + 1).StartsWith("//"))
            return null;
        var authority = uri.AsSpan(colon + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        if (end >= 0)
            authority = authority[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var port = authority.IndexOf(':');
        if (port >= 0)
            authority = authority[..port];
        var host = HostNames.Normalize(authority.ToString());
        return host is null || host.StartsWith('*') || HostNames.LooksLikeAddress(host) ? null : host;
    }
}
