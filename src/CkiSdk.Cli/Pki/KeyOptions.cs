using System.CommandLine;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Pkcs11;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the group of options that name a private key in a file or in a token, and by which it is opened.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string?> _key;
    private readonly Option<string?> _token = new("--token") { Description = "The label of the token in which the key is; --key is then the label of the key.", HelpName = "LABEL" };
    private readonly KeyAccessOptions _access;

    /// <summary>Makes the options.</summary>
    /// <param name="isRequired">Whether there must be a key.</param>
    /// <param name="passwordOf">What the password is for.</param>
    public KeyOptions(bool isRequired = true, string passwordOf = "the password of the key")
    {
        _key = new Option<string?>("--key")
        {
            Description = "The private key: its file, PEM or DER, - for the standard input, or a pkcs11: URI.",
            HelpName = "FILE|URI",
            Required = isRequired,
        };
        _access = new KeyAccessOptions(passwordOf);
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public KeyOptions AddTo(Command command)
    {
        command.Options.Add(_key);
        command.Options.Add(_token);
        _access.AddTo(command);
        return this;
    }

    /// <summary>Tells where the key is: a file, <c>-</c>, or the URI of a key in a token; null if none is named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="CommandException">A token is named, and no key.</exception>
    public string? Find(ParseResult parsed) => (parsed.GetValue(_token), parsed.GetValue(_key)) switch
    {
        (null, var key) => key,
        (_, null) => throw CommandException.Usage("--key LABEL is missing: the label of the key in the token."),
        (var token, var key) when Pkcs11Uri.IsUri(token) && !Pkcs11Uri.IsUri(key) => (TokenOptions.Parse(token) with { Object = key }).ToString(),
        (_, var key) when Pkcs11Uri.IsUri(key) => throw CommandException.Usage("--token and a pkcs11: URI as --key do not go together."),
        var (token, key) => new Pkcs11Uri { Token = token, Object = key }.ToString(),
    };

    /// <summary>Tells where the key is, which the command requires.</summary>
    /// <param name="parsed">The command line.</param>
    public string Place(ParseResult parsed) => Find(parsed)!;

    /// <summary>Reads password and PIN.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>What opens the key; the caller disposes it.</returns>
    /// <exception cref="CommandException">What is named is not there.</exception>
    public Task<KeyAccess> ReadAsync(ParseResult parsed, CancellationToken cancellationToken) => _access.ReadAsync(parsed, cancellationToken);
}
