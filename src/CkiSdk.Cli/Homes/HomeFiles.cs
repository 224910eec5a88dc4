using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CkiSdk.Asn1;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Homes;

/// <summary>Reads and writes the files of a home: each appears whole or not at all, and is on the disk when the call returns.</summary>
internal static class HomeFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Names the file about a party: no name that somebody else chose becomes a path.</summary>
    /// <param name="party">The party.</param>
    public static string NameOf(DistinguishedName party) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(party.Canonical)))[..16];

    /// <summary>Reads a document.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">What it is.</param>
    /// <exception cref="CommandException">It is not there, cannot be read, or is none.</exception>
    public static T ReadJson<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            return Parse(path, File.ReadAllBytes(path), type);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.NotFound($"There is no file {path}.", path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a document that was read before.</summary>
    /// <param name="path">Where from, for messages.</param>
    /// <param name="json">The octets.</param>
    /// <param name="type">What it is.</param>
    /// <exception cref="CommandException">It is none.</exception>
    public static T Parse<T>(string path, byte[] json, JsonTypeInfo<T> type)
    {
        try
        {
            var value = JsonSerializer.Deserialize(json, type) ?? throw CommandException.Usage($"{path} is empty.");
            using var document = JsonDocument.Parse(json);
            return FindFault(document.RootElement, "$") is { } fault ? throw CommandException.Usage($"{path} cannot be read: {fault}.") : value;
        }
        catch (JsonException exception)
        {
            throw CommandException.Usage($"{path} cannot be read: {JsonFault.Describe(exception, json)}.", exception);
        }
    }

    /// <summary>Writes a file, over another one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    /// <param name="isSecret">Whether only its owner may read it.</param>
    public static void Write(string path, string text, bool isSecret = false) => Write(path, Encoding.UTF8.GetBytes(text), isSecret);

    /// <summary>Writes a file, over another one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="octets">The content.</param>
    /// <param name="isSecret">Whether only its owner may read it.</param>
    public static void Write(string path, ReadOnlySpan<byte> octets, bool isSecret)
    {
        var temporary = TemporaryNames.Beside(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = isSecret ? OwnerOnly : Everybody;
        }

        try
        {
            using (var file = new FileStream(temporary, options))
            {
                file.Write(octets);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw CommandException.Usage($"The file {path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Finds what no document may have though its types would let it in; null for nothing.</summary>
    /// <remarks>Types say which members may be null and not which elements of lists; and U+0000 stands in no name of a file, a host or a party.</remarks>
    /// <param name="value">The document, or a part of it.</param>
    /// <param name="place">Where it stands, a JSON path.</param>
    /// <exception cref="InvalidOperationException">A text has half a surrogate pair.</exception>
    public static string? FindFault(JsonElement value, string place) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(member => FindFault(member.Value, $"{place}.{member.Name}")).FirstOrDefault(fault => fault is not null),
        JsonValueKind.Array => value.EnumerateArray().Select((element, index) => element.ValueKind == JsonValueKind.Null ? $"{place}[{index}] is null" : FindFault(element, $"{place}[{index}]")).FirstOrDefault(fault => fault is not null),
        JsonValueKind.String when value.GetString()!.Contains('\0', StringComparison.Ordinal) => $"{place} holds the character U+0000",
        _ => null,
    };
}
