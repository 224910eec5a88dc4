using System.Text.Json;
using CkiSdk.Asn1;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Service;

/// <summary>Finds the options of a service: on the command line, else in the environment (<c>CKI_NAME</c>), else in its file (<c>"name"</c>).</summary>
internal sealed class ServiceSettings
{
    /// <summary>The name of the file in a home, where no other one is named.</summary>
    public const string FileName = "settings.json";

    private const string EnvironmentPrefix = "CKI_";
    private const string True = "true";
    private const string False = "false";

    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _file;
    private readonly Func<string, string?> _environment;

    private ServiceSettings(IReadOnlyDictionary<string, IReadOnlyList<string>> file, Func<string, string?> environment) => (_file, _environment) = (file, environment);

    /// <summary>Reads the file.</summary>
    /// <param name="home">The home.</param>
    /// <param name="path">The file; null for the one in the home, if it is there.</param>
    /// <param name="settings">The settings that there are.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <exception cref="CommandException">The file is not there, or is none of settings.</exception>
    public static ServiceSettings Read(Home home, string? path, IReadOnlyCollection<Setting> settings, Func<string, string?> environment)
    {
        var file = path ?? home.PathOf(FileName);
        if (path is null && !File.Exists(file))
        {
            return new ServiceSettings(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), environment);
        }

        byte[] json = [];
        try
        {
            json = File.ReadAllBytes(file);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw CommandException.Usage($"{file} is no object of settings, such as {{ \"health\": \"127.0.0.1:8081\" }}.");
            }

            if (HomeFiles.FindFault(document.RootElement, "$") is { } fault)
            {
                throw CommandException.Usage($"{file} cannot be read: {fault}.");
            }

            var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                var setting = settings.FirstOrDefault(setting => setting.Name == property.Name)
                    ?? throw CommandException.Usage($"{file}: '{property.Name}' is no setting; there are {string.Join(", ", settings.Select(setting => setting.Name))}.");
                if (ValuesOf(setting.Kind, property.Value) is not { } values || !found.TryAdd(property.Name, values))
                {
                    throw CommandException.Usage($"{file}: '{property.Name}' is {Words(setting.Kind)}.");
                }
            }

            return new ServiceSettings(found, environment);
        }
        catch (JsonException exception)
        {
            throw CommandException.Usage($"{file} cannot be read: {JsonFault.Describe(exception, json)}.", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw CommandException.Usage($"{file} cannot be read: a text in it has half a surrogate pair.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"{file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Finds a value; null where nobody has said one.</summary>
    /// <param name="name">The name of the option without dashes.</param>
    /// <param name="said">What the command line says.</param>
    public string? Find(string name, string? said) => said ?? Variable(name) ?? _file.GetValueOrDefault(name)?[0];

    /// <summary>Finds out whether something is so.</summary>
    /// <param name="name">The name of the option without dashes.</param>
    /// <param name="isSaid">Whether the command line says so.</param>
    /// <exception cref="CommandException">The environment says neither true nor false.</exception>
    public bool FindFlag(string name, bool isSaid) => Find(name, isSaid ? True : null) switch
    {
        True => true,
        null or False => false,
        var other => throw CommandException.Usage($"{VariableOf(name)} is {Words(SettingKind.Flag)}, not '{other}'."),
    };

    /// <summary>Finds all values; none where nobody has said one.</summary>
    /// <param name="name">The name of the option without dashes.</param>
    /// <param name="said">What the command line says.</param>
    public IReadOnlyList<string> FindAll(string name, IReadOnlyList<string>? said) => said is { Count: > 0 } ? said
        : Variable(name) is { } variable ? variable.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : _file.GetValueOrDefault(name) ?? [];

    private static string VariableOf(string name) => EnvironmentPrefix + name.Replace('-', '_').ToUpperInvariant();

    private static string Words(SettingKind kind) => kind switch
    {
        SettingKind.Text => "one text",
        SettingKind.Flag => "true or false",
        _ => "a list of texts",
    };

    private static IReadOnlyList<string>? ValuesOf(SettingKind kind, JsonElement value) => (kind, value.ValueKind) switch
    {
        (SettingKind.Text, JsonValueKind.String) => [value.GetString()!],
        (SettingKind.Flag, JsonValueKind.True) => [True],
        (SettingKind.Flag, JsonValueKind.False) => [False],
        (SettingKind.Texts, JsonValueKind.Array) when value.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(element => element.GetString()!)],
        _ => null,
    };

    private string? Variable(string name) => _environment(VariableOf(name)) is { Length: > 0 } variable ? variable : null;
}
