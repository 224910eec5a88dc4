using System.CommandLine;
using System.CommandLine.Parsing;
using CkiSdk.Asn1;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the set of options that say for what a certificate must be valid: purpose, name and policies (RFC 5280 §6.1.1).</summary>
internal sealed class UseOptions
{
    private readonly Option<string?> _purpose = new("--purpose") { Description = "tls-server, tls-client, mail, code-signing, time-stamping, ocsp-signing, their names in RFC 5280, or an object identifier.", HelpName = "P" };
    private readonly Option<string?> _name = new("--name") { Description = "The host, address or mailbox that the certificate must name; a host or address brings the rules for TLS servers.", HelpName = "HOST" };
    private readonly Option<string[]> _policy = new("--policy") { Description = "Policies of which one must be valid along the path.", HelpName = "OID", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _explicit = new("--explicit-policy") { Description = "A policy must be valid along the path." };
    private readonly Option<bool> _inhibitMapping = new("--inhibit-mapping") { Description = "Policy mappings are ignored." };
    private readonly Option<bool> _inhibitAny = new("--inhibit-any") { Description = "anyPolicy in certificates is ignored." };

    /// <summary>Gets the options that take several words.</summary>
    public IEnumerable<Option> Greedy => [_policy];

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public UseOptions AddTo(Command command)
    {
        foreach (var option in (Option[])[_purpose, _name, _policy, _explicit, _inhibitMapping, _inhibitAny])
        {
            command.Options.Add(option);
        }

        return this;
    }

    /// <summary>Puts the use into the options of a path.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options.</param>
    /// <param name="except">A word that belongs to no option.</param>
    /// <exception cref="CommandException">An option makes no sense.</exception>
    public PathOptions Apply(ParseResult parsed, PathOptions options, Token? except = null) => options with
    {
        Purpose = parsed.GetValue(_purpose) is not { } purpose ? null
            : KeyPurpose.TryParse(purpose, out var known) ? known : throw CommandException.Usage($"--purpose: '{purpose}' is no purpose."),
        Name = parsed.GetValue(_name) is not { } name ? null
            : PeerName.TryParse(name, out var peer) ? peer : throw CommandException.Usage($"--name: '{name}' is no host in ASCII, no address and no mailbox."),
        Policies = [.. LastWord.Without(parsed, _policy, except).Select(Policy)],
        RequiresExplicitPolicy = parsed.GetValue(_explicit),
        InhibitsPolicyMapping = parsed.GetValue(_inhibitMapping),
        InhibitsAnyPolicy = parsed.GetValue(_inhibitAny),
    };

    private static ObjectIdentifier Policy(string text) => text == "any" ? ObjectIdentifier.Parse("2.5.29.32.0")
        : ObjectIdentifier.TryParse(text, out var policy) ? policy : throw CommandException.Usage($"--policy: '{text}' is no object identifier.");
}
