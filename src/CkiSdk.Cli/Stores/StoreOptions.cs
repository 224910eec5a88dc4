using System.CommandLine;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Stores;

/// <summary>Is the group of options that say where a new authority keeps its state; the configuration remembers it.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string?> _store = new("--store")
    {
        Description = "The empty PostgreSQL database to keep the state in, so that several processes serve together; default: a file of the home. Without ?sslmode= the server's certificate is verified, except on this machine.",
        HelpName = "postgres://USER@HOST:PORT/DATABASE",
    };

    private readonly Option<string?> _file = new("--store-password-file") { Description = "The file with the password of its user, which you alone may read.", HelpName = "FILE" };
    private readonly Option<string?> _variable = new("--store-password-env") { Description = "The environment variable with that password, also when the authority runs.", HelpName = "NAME" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public StoreOptions AddTo(Command command)
    {
        command.Options.Add(_store);
        command.Options.Add(_file);
        command.Options.Add(_variable);
        return this;
    }

    /// <summary>Gives the place that the command line names; null for a file of the home.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="CommandException">It is none, or the password is named twice or for nothing.</exception>
    public StorePlace? Read(ParseResult parsed)
    {
        var (store, file, variable) = (parsed.GetValue(_store), parsed.GetValue(_file), parsed.GetValue(_variable));
        if (store is null)
        {
            return file is null && variable is null ? null : throw CommandException.Usage("--store-password-file and --store-password-env go with --store.");
        }

        if (file is not null && variable is not null)
        {
            throw CommandException.Usage("--store-password-file and --store-password-env do not go together.");
        }

        _ = PostgreSqlAddress.Parse(store);
        return new StorePlace(store) { PasswordFile = file is null ? null : Path.GetFullPath(file), PasswordEnvironment = variable };
    }
}
