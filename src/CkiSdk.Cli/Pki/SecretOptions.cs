using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;

namespace CkiSdk.Cli.Pki;

/// <summary>Is a pair of options that name where a secret comes from; a secret is never a word of the command line, where every process can read it.</summary>
internal sealed class SecretOptions
{
    private const int Longest = 4096;

    private readonly Option<string?> _file;
    private readonly Option<string?> _variable;

    private SecretOptions(string name, string what)
    {
        _file = new Option<string?>($"--{name}-file") { Description = $"A file whose first line is {what}; - for the standard input.", HelpName = "FILE" };
        _variable = new Option<string?>($"--{name}-env") { Description = $"The environment variable that holds {what}.", HelpName = "NAME" };
    }

    /// <summary>Makes <c>--password-file</c> and <c>--password-env</c>.</summary>
    /// <param name="what">What the password is for, such as "the password of the key".</param>
    public static SecretOptions Password(string what = "the password of the key") => new("password", what);

    /// <summary>Makes <c>--new-password-file</c> and <c>--new-password-env</c>.</summary>
    /// <param name="what">What the password is for.</param>
    public static SecretOptions NewPassword(string what = "the password of the file that is written") => new("new-password", what);

    /// <summary>Makes <c>--challenge-file</c> and <c>--challenge-env</c>.</summary>
    public static SecretOptions Challenge() => new("challenge", "the challengePassword of the request, by which revocation may be asked for and which everybody can read there");

    /// <summary>Makes <c>--pin-file</c> and <c>--pin-env</c>.</summary>
    public static SecretOptions Pin() => new("pin", "the PIN of the token");

    /// <summary>Adds both options to a command.</summary>
    /// <param name="command">The command.</param>
    public SecretOptions AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_variable);
        return this;
    }

    /// <summary>Reads the secret: its octets in UTF-8, without the line break.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The secret, which the caller disposes; null if no option names one.</returns>
    /// <exception cref="CommandException">Both options are there, or what one names is not.</exception>
    public async Task<Secret?> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (file, variable) = (parsed.GetValue(_file), parsed.GetValue(_variable));
        if (file is not null && variable is not null)
        {
            throw CommandException.Usage($"{_file.Name} and {_variable.Name} do not go together.");
        }

        return variable is not null ? FromEnvironment(variable) : file is not null ? await FromFileAsync(file, cancellationToken).ConfigureAwait(false) : null;
    }

    private Secret FromEnvironment(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable)
            ?? throw CommandException.Usage($"{_variable.Name}: the environment variable {variable} is not set.");
        var octets = Encoding.UTF8.GetBytes(value);
        var secret = Secret.From(octets);
        CryptographicOperations.ZeroMemory(octets);
        return secret;
    }

    private async Task<Secret> FromFileAsync(string file, CancellationToken cancellationToken)
    {
        var octets = await ValueFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        try
        {
            var end = octets.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
            var line = octets.AsSpan(0, end < 0 ? octets.Length : end);
            return line.Length is > 0 and <= Longest
                ? Secret.From(line)
                : throw CommandException.Usage($"{_file.Name}: the first line of {file} is empty or longer than {Longest} octets.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }
}
