using System.CommandLine;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Homes;

/// <summary>Is the group of options that say where the key of a new home comes from; the configuration remembers it.</summary>
internal sealed class HomeKeyOptions
{
    private const string DefaultFile = "home.key";

    private readonly Option<string?> _file = new("--key-file") { Description = $"The file with the key that encrypts all keys of the home, 64 hexadecimal digits; made where there is none. Default: {DefaultFile} in the home.", HelpName = "FILE" };
    private readonly Option<string?> _variable = new("--key-env") { Description = "The environment variable that holds that key.", HelpName = "NAME" };
    private readonly Option<string?> _uri = new("--key-uri") { Description = "The pkcs11: URI of a secret key in a token from which that key is derived; its pin-source names the file with the PIN.", HelpName = "URI" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public HomeKeyOptions AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_variable);
        command.Options.Add(_uri);
        return this;
    }

    /// <summary>Gives the source that the command line names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="CommandException">It names several.</exception>
    public HomeKeySource Read(ParseResult parsed)
    {
        var (file, variable, uri) = (parsed.GetValue(_file), parsed.GetValue(_variable), parsed.GetValue(_uri));
        if (new[] { file, variable, uri }.Count(value => value is not null) > 1)
        {
            throw CommandException.Usage("--key-file, --key-env and --key-uri do not go together.");
        }

        return variable is not null ? new HomeKeySource(HomeKeySource.Environment, variable)
            : uri is not null ? new HomeKeySource(HomeKeySource.Token, uri)
            : new HomeKeySource(HomeKeySource.File, file is null ? DefaultFile : Path.GetFullPath(file));
    }
}
