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
        var fault = IsOfNotation(exception) ? exception : FindFault(json) ?? exception;
        if (fault.LineNumber is not { } line || fault.BytePositionInLine is not { } octets)
            return "a member is missing, or a value is of another kind than belongs there";
        var start = StartOf(json, line);
        var at = (int)Math.Min(start + octets, json.Length);
        if (IsOfNotation(fault) && !IsTooDeep(fault) && EndsEarly(fault, json[at..]))
        {
            // Where it ends, and not where what is not whole began.
            at = json.TrimEnd(" \t\r\n"u8).Length;
            line = json[..at].Count((byte)'\n');
            start = StartOf(json, line);
        }

        var what = IsOfNotation(fault) ? WhatIsWritten(fault, json[at..]) : WhatIsMeant(fault);
        return string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {Encoding.UTF8.GetCharCount(json[start..at]) + 1}: {what}");
    }

    private static int StartOf(ReadOnlySpan<byte> json, long line)
    {
        var start = 0;
        for (var i = 0L; i < line && json[start..].IndexOf((byte)'\n') is >= 0 and var length; i++)
            start += length + 1;
        return start;
    }

    // What the reader itself refuses is a fault of the notation; all else comes from what the text is read as.
    private static bool IsOfNotation(JsonException exception) => exception.GetType() != typeof(JsonException) || exception.InnerException is JsonException;

    // Who reads a text into types may find out first that something else is not there.
    private static JsonException? FindFault(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException exception)
        {
            return exception;
        }
    }

    private static bool IsTooDeep(JsonException exception) => exception.Message.Contains("maximum configured depth", StringComparison.Ordinal);

    private static bool EndsEarly(JsonException exception, ReadOnlySpan<byte> rest) =>
        rest.Trim(", \t\r\n"u8).IsEmpty || exception.Message.Contains("reached end of data", StringComparison.Ordinal);

    private static string WhatIsWritten(JsonException exception, ReadOnlySpan<byte> rest)
    {
        if (IsTooDeep(exception))
            return "values are nested too deeply";
        if (EndsEarly(exception, rest))
            return "the text ends before its value does";
        _ = Rune.DecodeFromUtf8(rest, out var rune, out _);
        return Rune.IsControl(rune) ? string.Create(CultureInfo.InvariantCulture, $"the character U+{rune.Value:X4} cannot stand here") : $"'{rune}' cannot stand here";
    }

    private static string WhatIsMeant(JsonException exception)
    {
        // Between quotation marks stand the names; the first one of what is missing is that of a type.
        string[] names = [.. exception.Message.Split('\'').Where((_, index) => index % 2 == 1).Select(name => $"'{name}'")];
        var inside = exception.Path is { Length: > 1 } path ? path : null;
        if (exception.Message.Contains("missing required properties", StringComparison.Ordinal))
            return $"{string.Join(", ", names[1..])} {(names.Length == 2 ? "is" : "are")} missing{(inside is null ? "" : $" in {inside}")}";
        if (exception.Message.StartsWith("The JSON property ", StringComparison.Ordinal))
            return $"{names[0]} is no member that is known here";
        if (exception.Message.StartsWith("Duplicate property ", StringComparison.Ordinal))
            return $"{names[0]} stands there twice";
        return $"the value{(inside is null ? "" : $" of {inside}")} is of another kind than belongs there";
    }
}
