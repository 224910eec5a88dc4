using System.Text.Json.Serialization;

namespace CkiSdk.Cli.Homes;

/// <summary>Is the file <c>home.json</c>: what a home is, and where its key comes from. It holds no secret.</summary>
internal sealed record HomeConfiguration
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Gets the version of the file.</summary>
    public required int Version { get; init; }

    /// <summary>Gets one of <see cref="HomeKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the name of the party (RFC 4514).</summary>
    public required string Name { get; init; }

    /// <summary>Gets the subtrees of names that a CMA serves.</summary>
    public IReadOnlyList<string> Domain { get; init => field = value ?? []; } = [];

    /// <summary>Gets where an authority listens, HOST:PORT; null for a user.</summary>
    public string? Listen { get; init; }

    /// <summary>Gets the route by which a user reaches his CMA; null for what the card of the CMA says.</summary>
    public string? Route { get; init; }

    /// <summary>Gets the folder of a spool in a home that was made before there were routes; null elsewhere.</summary>
    public string? Spool { get; init; }

    /// <summary>Gets where the key comes from under which all keys of the home are encrypted.</summary>
    public required HomeKeySource Key { get; init; }

    /// <summary>Gets where an authority keeps its state; null for a file of the home.</summary>
    public StorePlace? Store { get; init; }

    /// <summary>Gets whether a CMA recovers keys where two people approve (CKI Part 2 ¶121).</summary>
    public bool Recovery { get; init; }
}

/// <summary>Reads and writes the files of homes without reflection; what is unknown is an error, because it could be a misspelt word.</summary>
/// <remarks>Members that are absent are set to null by generated code, whatever the initialiser says; lists that may be absent therefore turn null into the empty list.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(HomeConfiguration))]
[JsonSerializable(typeof(PartyCard))]
[JsonSerializable(typeof(EnrolmentFile))]
[JsonSerializable(typeof(UserState))]
internal sealed partial class HomeJson : JsonSerializerContext;
