using System.Text;
using CkiSdk.Transports.Ftp;
using CkiSdk.Transports.Spool;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the reading of names that others give to files to its laws; the input is what an FTP server lists, or the content of a time to ask again.</summary>
/// <remarks>Nothing throws; a name that a message can have leads nowhere and says nothing to a server; the name of a claim is the only one of that claim; what is deleted is a spool's.</remarks>
internal sealed class SpoolNameTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "spool";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Tokens { get; } =
        [.. new[] { ".pki", ".time", ".txt", ".claim-0123456789abcdef-1", ".claim-0123456789abcdef-01", ".0123456789abcdef", "20260101T000000000-0123456789abcdef", "../", "/", "\r\n", "\n", "..", "1900000000" }.Select(Encoding.ASCII.GetBytes)];

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds => ["in/m1.pki\r\nm2.claim-0123456789abcdef-7\r\n.0123456789abcdef\r\n"u8.ToArray(), "1900000000"u8.ToArray()];

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        if (SpoolReply.ToTime(input).Year > 9999) throw new FuzzException("a time after the last one");
        var isRead = false;
        foreach (var file in FtpListing.Read(input))
        {
            if (file.Contains('/', StringComparison.Ordinal)) throw new FuzzException($"the name {file}");
            if (SpoolNames.Of(file) is { } name) RequireName(name);
            if (FtpClaimName.Of(file) is { } claim)
            {
                RequireName(claim.Name);
                if (claim.ToString() != file || (claim with { Beat = claim.Beat + 1 }).ToString() == file) throw new FuzzException($"{file} and {claim} are one claim");
                isRead = true;
            }

            if (SpoolNames.IsOfSpool(file) && !SpoolNames.IsTemporary(file)) RequireName(file);
            _ = SpoolNames.TimeOf(file);
            isRead |= SpoolNames.IsOfSpool(file);
        }

        return isRead;
    }

    private static void RequireName(string name)
    {
        if (name.Length is 0 or > 110 || name[0] is '.' or '-' || name.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('.' or '-' or '_'))) throw new FuzzException($"the name {name}");
    }
}
