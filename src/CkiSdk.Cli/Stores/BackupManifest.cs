using System.Text.Json.Serialization;

namespace CkiSdk.Cli.Stores;

/// <summary>Is <c>backup.json</c>, the first file of a backup: whose it is, of when, and what else is in it.</summary>
internal sealed record BackupManifest
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The name of the file.</summary>
    public const string FileName = "backup.json";

    /// <summary>Gets the version of the format.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the name of the authority (RFC 4514).</summary>
    public required string Name { get; init; }

    /// <summary>Gets when the store was copied.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Gets how many certificates the store has.</summary>
    public required long Certificates { get; init; }

    /// <summary>Gets how many serial numbers the store has.</summary>
    public required long Serials { get; init; }

    /// <summary>Gets the head of the audit log, NUMBER:HASH.</summary>
    public required string AuditHead { get; init; }

    /// <summary>Gets the other files.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }
}

/// <summary>Is a file of a backup.</summary>
/// <param name="Path">Its path in the home, with / between folders.</param>
/// <param name="Length">Its length in octets.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal.</param>
internal sealed record BackupFile(string Path, long Length, string Sha256);

/// <summary>Reads and writes manifests without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
