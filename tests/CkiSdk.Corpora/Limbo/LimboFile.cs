using System.Text.Json.Serialization;

namespace CkiSdk.Corpora.Limbo;

/// <summary>Is a file of test cases.</summary>
internal sealed record LimboFile(LimboCase[]? Testcases);

/// <summary>Reads files without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LimboFile))]
internal sealed partial class LimboJson : JsonSerializerContext;
