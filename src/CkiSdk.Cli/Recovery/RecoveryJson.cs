using System.Text.Json.Serialization;

namespace CkiSdk.Cli.Recovery;

/// <summary>Writes forms and decisions as JSON and reads them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(RecoveryForm))]
internal sealed partial class RecoveryJson : JsonSerializerContext;
