using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Storage;
using CkiSdk.Web.Options;

namespace CkiSdk.Web.State;

/// <summary>Finds certificates by the name of their subject, a part of it, or their serial number.</summary>
/// <param name="options">The configuration.</param>
internal sealed class CertificateSearch(CmaPagesOptions options)
{
    /// <summary>How many characters may be looked for.</summary>
    public const int LongestText = 1024;

    /// <summary>How many users with a part of their name in common are looked at.</summary>
    public const int MostUsers = 200;

    private const int LongestSerial = 20;
    private static readonly TimeSpan Soon = TimeSpan.FromDays(90);

    /// <summary>Finds them; without a text, those that end within 90 days.</summary>
    /// <param name="text">A name, a part of the name of a user of the domain, or a serial number in hexadecimal.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The certificates, and whether there are more users of such a name than were looked at.</returns>
    public async Task<(IReadOnlyList<FoundCertificate> Found, bool IsCut)> FindAsync(string text, CancellationToken cancellationToken)
    {
        var (now, store) = (options.Time.GetUtcNow(), options.Store);
        List<IssuedCertificate> found = [];
        var isCut = false;
        if (text.Length == 0)
        {
            found.AddRange(await store.ListEndingAsync(now, now + Soon, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            found.AddRange(await BySerialAsync(text, cancellationToken).ConfigureAwait(false));
            var subjects = await SubjectsAsync(text, cancellationToken).ConfigureAwait(false);
            isCut = subjects.Count > MostUsers;
            foreach (var subject in subjects.Take(MostUsers))
            {
                found.AddRange(await store.ListAllCertificatesAsync(subject, IssuedCertificate.Send, cancellationToken).ConfigureAwait(false));
                found.AddRange(await store.ListAllCertificatesAsync(subject, IssuedCertificate.Receive, cancellationToken).ConfigureAwait(false));
            }
        }

        var revoked = (await store.ListRevokedCertificatesAsync(now, DateTimeOffset.UnixEpoch, cancellationToken).ConfigureAwait(false))
            .ToDictionary(entry => Convert.ToHexStringLower(entry.Serial.Span), StringComparer.Ordinal);
        return ([.. found.DistinctBy(issued => Convert.ToHexStringLower(issued.Serial.Span)).Select(issued => new FoundCertificate(issued, revoked.GetValueOrDefault(Convert.ToHexStringLower(issued.Serial.Span))))], isCut);
    }

    private async Task<IReadOnlyList<IssuedCertificate>> BySerialAsync(string text, CancellationToken cancellationToken)
    {
        var digits = string.Concat(text.Where(letter => letter is not (':' or ' ')));
        digits = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
        if (digits.Length is 0 or > 2 * LongestSerial || !digits.All(char.IsAsciiHexDigit))
        {
            return [];
        }

        // Some programs show the octet 00 before a number whose first bit is set, others do not.
        var octets = Convert.FromHexString(digits.Length % 2 == 0 ? digits : $"0{digits}");
        List<IssuedCertificate> found = [];
        foreach (var serial in new byte[][] { octets, [0, .. octets] })
        {
            if (await options.Store.FindCertificateAsync(serial, cancellationToken).ConfigureAwait(false) is { } certificate)
            {
                found.Add(certificate);
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<string>> SubjectsAsync(string text, CancellationToken cancellationToken)
    {
        var users = await options.Store.ListUsersAsync(cancellationToken).ConfigureAwait(false);
        List<string> subjects = [.. users.Where(user => DistinguishedName.Decode(user.Name).ToString().Contains(text, StringComparison.OrdinalIgnoreCase)).Take(MostUsers + 1).Select(user => user.CanonicalName)];
        if (DistinguishedName.TryParse(text, out var name) && name.Count > 0 && !subjects.Contains(name.Canonical, StringComparer.Ordinal))
        {
            subjects.Insert(0, name.Canonical);
        }

        return subjects;
    }
}
