using System.Globalization;
using System.Text.RegularExpressions;
using CkiSdk.Transports.Spool;

namespace CkiSdk.Transports.Ftp;

/// <summary>Is the name that the file of a message has while somebody handles it: <c>NAME.claim-WHO-N</c>.</summary>
/// <param name="Name">The name of the message.</param>
/// <param name="Owner">Who handles it: 16 hexadecimal digits that he has made up.</param>
/// <param name="Beat">How often he has renamed it since: a sign of life.</param>
internal sealed partial record FtpClaimName(string Name, string Owner, int Beat)
{
    /// <summary>Reads the name of a file; null where it is none of a claim.</summary>
    public static FtpClaimName? Of(string file) => Read(file) is { } claim && claim.ToString() == file ? claim : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}.claim-{Owner}-{Beat}");

    private static FtpClaimName? Read(string file) =>
        Form().Match(file) is { Success: true } match && SpoolNames.Of(match.Groups["name"].Value + SpoolNames.Message) is { } name && int.TryParse(match.Groups["beat"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var beat)
            ? new FtpClaimName(name, match.Groups["owner"].Value, beat)
            : null;

    [GeneratedRegex(@"\A(?<name>.{1,200})\.claim-(?<owner>[0-9a-f]{16})-(?<beat>[0-9]{1,9})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
