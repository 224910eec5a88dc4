using System.CommandLine;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Pkcs11;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the group of options that name a token, something in it, and where its PIN is.</summary>
internal sealed class TokenOptions
{
    private const string ModuleVariable = "CKI_PKCS11_MODULE";

    private readonly Option<string?> _module = ModuleOption();
    private readonly Option<string?> _token = new("--token") { Description = "The token's label, or a pkcs11: URI.", HelpName = "LABEL" };
    private readonly Option<string?> _label = new("--label") { Description = "The label of the object in the token.", HelpName = "LABEL" };
    private readonly SecretOptions _pin = SecretOptions.Pin();

    /// <summary>Makes <c>--module SO</c>.</summary>
    public static Option<string?> ModuleOption() =>
        new("--module") { Description = $"The token's PKCS #11 library; default: that of the URI, or the environment variable {ModuleVariable}.", HelpName = "SO" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public TokenOptions AddTo(Command command)
    {
        command.Options.Add(_module);
        command.Options.Add(_token);
        command.Options.Add(_label);
        _pin.AddTo(command);
        return this;
    }

    /// <summary>Gets the label, where the command gives one to something new.</summary>
    /// <param name="parsed">The command line.</param>
    public string? Label(ParseResult parsed) => parsed.GetValue(_label);

    /// <summary>Gives the URI of the token that the command line names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="CommandException">None is named.</exception>
    public Pkcs11Uri TokenUri(ParseResult parsed) => FindToken(parsed) ?? throw CommandException.Usage("--token LABEL is missing: 'cki pki token list' shows the tokens.");

    /// <summary>Gives the URI of the token that the command line names, or null.</summary>
    /// <param name="parsed">The command line.</param>
    public Pkcs11Uri? FindToken(ParseResult parsed) => parsed.GetValue(_token) is not { } token ? null
        : WithModule(parsed, Pkcs11Uri.IsUri(token) ? Parse(token) : new Pkcs11Uri { Token = token });

    /// <summary>Gives the path of the library that the command line names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="CommandException">None is named.</exception>
    public string Module(ParseResult parsed) => WithModule(parsed, FindToken(parsed) ?? new Pkcs11Uri()).ModulePath!;

    /// <summary>Reads the PIN: from the options, else from where the URI says.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="uri">The URI.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The PIN, which the caller disposes; null if none is given.</returns>
    /// <exception cref="CommandException">What is named is not there.</exception>
    public async Task<Secret?> PinAsync(ParseResult parsed, Pkcs11Uri uri, CancellationToken cancellationToken) =>
        await _pin.ReadAsync(parsed, cancellationToken).ConfigureAwait(false) ?? await TokenKeys.PinOfUriAsync(uri, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads a URI of the command line.</summary>
    /// <param name="text">The URI.</param>
    /// <exception cref="CommandException">It is none.</exception>
    public static Pkcs11Uri Parse(string text)
    {
        try
        {
            return Pkcs11Uri.Parse(text);
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    /// <summary>Adds the module that a URI lacks.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="module">The module of the command line; it precedes that of the URI.</param>
    /// <exception cref="CommandException">There is none.</exception>
    public static Pkcs11Uri WithModule(Pkcs11Uri uri, string? module)
    {
        var path = module ?? uri.ModulePath ?? Environment.GetEnvironmentVariable(ModuleVariable);
        return path is null
            ? throw CommandException.Usage($"--module SO is missing: the PKCS #11 library of the token (or set {ModuleVariable}, or module-path in the URI).")
            : uri with { ModulePath = path };
    }

    private Pkcs11Uri WithModule(ParseResult parsed, Pkcs11Uri uri) => WithModule(uri, parsed.GetValue(_module));
}
