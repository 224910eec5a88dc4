using System.Text.Json;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Service;

/// <summary>Finds the options of a service: on the command line, else in the environment (<c>CKI_NAME</c>), else in its file (<c>"name"</c>).</summary>
internal sealed class ServiceSettings
{
    /// <summary>The name of the file in a home, where no other one is named.</summary>
    public const string FileName = "settings.json";

    private const string EnvironmentPrefix = "CKI_";

    private readonly IReadOnlyDictionary<string, string> _file;
    private readonly Func<string, string?> _environment;

    private ServiceSettings(IReadOnlyDictionary<string, string> file, Func<string, string?> environment) => (_file, _environment) = (file, environment);

    /// <summary>Reads the file.</summary>
    /// <param name="home">The home.</param>
    /// <param name="path">The file; null for the one in the home, if it is there.</param>
    /// <param name="names">The options that there are, without dashes.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <exception cref="CommandException">The file is not there, or is none of settings.</exception>
    public static ServiceSettings Read(Home home, string? path, IReadOnlyCollection<string> names, Func<string, string?> environment)
    {
        var file = path ?? home.PathOf(FileName);
        if (path is null && !File.Exists(file))
        {
            return new ServiceSettings(new Dictionary<string, string>(StringComparer.Ordinal), environment);
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw CommandException.Usage($"{file} is no object of settings, such as {{ \"health\": \"127.0.0.1:8081\" }}.");
            }

            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!names.Contains(property.Name, StringComparer.Ordinal))
                {
                    throw CommandException.Usage($"{file}: '{property.Name}' is no setting; there are {string.Join(", ", names)}.");
                }

                if (property.Value.ValueKind != JsonValueKind.String || !found.TryAdd(property.Name, property.Value.GetString()!))
                {
                    throw CommandException.Usage($"{file}: '{property.Name}' is one text.");
                }
            }

            return new ServiceSettings(found, environment);
        }
        catch (JsonException exception)
        {
            throw CommandException.Usage($"{file} cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"{file} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Finds a value; null where nobody has said one.</summary>
    /// <param name="name">The name of the option without dashes.</param>
    /// <param name="said">What the command line says.</param>
    public string? Find(string name, string? said)
    {
        var variable = _environment(EnvironmentPrefix + name.Replace('-', '_').ToUpperInvariant());
        return said ?? (string.IsNullOrEmpty(variable) ? _file.GetValueOrDefault(name) : variable);
    }
}
