using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace CkiSdk.Transports.Spool;

/// <summary>Makes and recognises the names of files in spools.</summary>
internal static class SpoolNames
{
    public const string In = "in";
    public const string Out = "out";
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>The ending of a message.</summary>
    public const string Message = ".pki";

    /// <summary>The ending of the time to ask again.</summary>
    public const string Time = ".time";

    /// <summary>The ending of the words of a refusal.</summary>
    public const string Words = ".txt";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private const int Longest = 100;
    private const string TimeForm = "yyyyMMdd'T'HHmmssfff";

    /// <summary>Makes a name that nobody has used: the time, so that the oldest comes first, and chance.</summary>
    public static string New(DateTimeOffset now) =>
        $"{now.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    /// <summary>Reads when a name was made; null where it says nothing of it.</summary>
    public static DateTimeOffset? TimeOf(string file) =>
        file.Length > TimeForm.Length && DateTimeOffset.TryParseExact(file.AsSpan(0, 18), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Makes the name under which a file is written before it appears.</summary>
    public static string NewTemporary() => $".{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    /// <summary>Finds the name of a message by that of its file; null where no message has such a file.</summary>
    public static string? Of(string file) => file.EndsWith(Message, StringComparison.Ordinal) && IsName(file[..^Message.Length]) ? file[..^Message.Length] : null;

    /// <summary>Tells whether a file is one that a spool has: a message, a time, words of a refusal, or one that was being written.</summary>
    /// <param name="file">The name of the file.</param>
    public static bool IsOfSpool(string file) =>
        IsTemporary(file) || Array.Exists((string[])[Message, Time, Words], ending => file.EndsWith(ending, StringComparison.Ordinal) && IsName(file[..^ending.Length]));

    /// <summary>Tells whether a file has a name that <see cref="NewTemporary"/> makes.</summary>
    /// <param name="file">The name of the file.</param>
    public static bool IsTemporary(string file) => file is { Length: 17 } && file[0] == '.' && file.AsSpan(1).IndexOfAnyExcept(Digits) < 0;

    // No name leads out of the folder, hides, or says something to a shell.
    private static bool IsName(string name) => name.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
}
