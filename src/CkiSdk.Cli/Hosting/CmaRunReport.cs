using System.Text.Json.Serialization;

namespace CkiSdk.Cli.Hosting;

/// <summary>Is the document that <c>cki cma run --json</c> prints, on one line.</summary>
/// <param name="Ok">Whether it listens.</param>
/// <param name="Cma">The CMA's name.</param>
/// <param name="EndPoint">Address and port where it listens.</param>
/// <param name="Error">What went wrong; left out where nothing did.</param>
internal sealed record CmaRunReport(bool Ok, string? Cma, string? EndPoint, string? Error);

/// <summary>Writes the document without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CmaRunReport))]
internal sealed partial class CmaRunJson : JsonSerializerContext;
