using System.Buffers;

namespace CkiSdk.Pki.Names;

/// <summary>Is a mailbox: a local part, whose case counts, and a host, whose case does not (RFC 5280 §7.5, RFC 5321 §4.1.2).</summary>
internal readonly record struct MailAddress(string Local, string Host)
{
    private static readonly SearchValues<char> Specials = SearchValues.Create("()<>[]:;@\\,\" ");

    /// <summary>Reads a mailbox; a quoted local part is kept with its quotes.</summary>
    public static bool TryParse(string text, out MailAddress address)
    {
        var at = text.LastIndexOf('@');
        address = default;
        if (at <= 0 || !IsLocal(text.AsSpan(0, at)) || HostNames.Normalize(text[(at + 1)..]) is not { } host || host.StartsWith('*'))
            return false;
        address = new MailAddress(text[..at], host);
        return true;
    }

    private static bool IsLocal(ReadOnlySpan<char> local)
    {
        if (local.Length >= 3 && local[0] == '"' && local[^1] == '"')
            return !local[1..^1].Contains('"') && !local.ContainsAnyExceptInRange(' ', '~');
        return local[0] != '.' && local[^1] != '.' && !local.ContainsAnyExceptInRange('!', '~') && !local.ContainsAny(Specials);
    }
}
