using System.CommandLine;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the group of options by which private keys are opened: where password and PIN are, and the token's module.</summary>
/// <param name="what">What the password is for.</param>
internal sealed class KeyAccessOptions(string what = "the password of the key")
{
    private readonly Option<string?> _module = TokenOptions.ModuleOption();
    private readonly SecretOptions _password = SecretOptions.Password(what);
    private readonly SecretOptions _pin = SecretOptions.Pin();

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public KeyAccessOptions AddTo(Command command)
    {
        _password.AddTo(command);
        command.Options.Add(_module);
        _pin.AddTo(command);
        return this;
    }

    /// <summary>Reads password and PIN.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>What opens keys; the caller disposes it.</returns>
    /// <exception cref="Invocation.CommandException">What is named is not there.</exception>
    public async Task<KeyAccess> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var password = await _password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
        try
        {
            return new KeyAccess(parsed.GetValue(_module), password, await _pin.ReadAsync(parsed, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            password?.Dispose();
            throw;
        }
    }
}
