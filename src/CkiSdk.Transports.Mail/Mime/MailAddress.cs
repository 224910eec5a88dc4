namespace CkiSdk.Transports.Mail.Mime;

/// <summary>Says which addresses of mail can be written to.</summary>
public static class MailAddress
{
    private const int Longest = 254;

    /// <summary>Says whether a text is an address of mail that any server takes: printable ASCII, one part before the @ and one behind it (RFC 5321 §4.1.2).</summary>
    /// <param name="address">The text.</param>
    public static bool IsUsable(string? address)
    {
        if (address is not { Length: <= Longest } || address.Split('@') is not [{ Length: > 0 and <= 64 } mailbox, { Length: > 0 } domain]) return false;
        return mailbox.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtom)) && domain.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '[' or ']' or ':') && !mailbox.StartsWith('-');
    }

    /// <summary>Says whether a character can stand in an atom (RFC 5322 §3.2.3).</summary>
    /// <param name="character">The character.</param>
    internal static bool IsAtom(char character) => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-/=?^_`{|}~".Contains(character, StringComparison.Ordinal);
}
