using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CkiSdk.Asn1;

/// <summary>Tells what is wrong with a JSON text: the line, the column and what stands there.</summary>
public static class JsonFault
{
    /// <summary>Returns a sentence without its full stop, such as <c>line 2, column 7: 'x' cannot stand here</c>; lines and columns count from 1, columns in characters.</summary>
    /// <param name="exception">What the reader threw.</param>
    /// <param name="json">The text in UTF-8.</param>
    public static string Describe(JsonException exception, ReadOnlySpan<byte> json)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception.LineNumber is not { } line || exception.BytePositionInLine is not { } octets)
            return "a member is missing, or a value is of another kind than belongs there";
        var start = 0;
        for (var i = 0L; i < line && json[start..].IndexOf((byte)'\n') is >= 0 and var length; i++)
            start += length + 1;
        var at = (int)Math.Min(start + octets, json.Length);
        return string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {Encoding.UTF8.GetCharCount(json[start..at]) + 1}: {What(exception, json[at..])}");
    }

    private static string What(JsonException exception, ReadOnlySpan<byte> rest)
    {
        // What the reader itself refuses is a fault of the notation; all else comes from what the text is read as.
        if (exception.GetType() == typeof(JsonException) && exception.InnerException is not JsonException)
            return exception.Path is { Length: > 1 } path ? $"the value of {path} is of another kind than belongs there" : "a member is missing, or the value is of another kind than belongs there";
        if (exception.Message.Contains("maximum configured depth", StringComparison.Ordinal))
            return "values are nested too deeply";
        if (rest.Trim(", \t\r\n"u8).IsEmpty)
            return "the text ends before its value does";
        _ = Rune.DecodeFromUtf8(rest, out var rune, out _);
        return Rune.IsControl(rune) ? string.Create(CultureInfo.InvariantCulture, $"the character U+{rune.Value:X4} cannot stand here") : $"'{rune}' cannot stand here";
    }
}
