using System.CommandLine;
using System.Globalization;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the set of options by which a command decides whom to trust: <c>--trust</c>, <c>--untrusted</c>, <c>--crl</c> and <c>--at</c>.</summary>
internal sealed class TrustOptions
{
    private readonly Option<string[]> _trust = Files("--trust", "Certificates at which trust begins, PEM or DER.");
    private readonly Option<string[]> _untrusted = Files("--untrusted", "Certificates that may stand between, PEM or DER.");
    private readonly Option<string[]> _crl = Files("--crl", "Revocation lists, PEM or DER; they must say something about the certificate.");
    private readonly Option<bool> _crlAll = new("--crl-all") { Description = "The revocation lists must say something about every certificate but the anchor." };
    private readonly Option<string?> _at = new("--at") { Description = "The moment for which to check; default: now.", HelpName = "ISO" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public TrustOptions AddTo(Command command)
    {
        command.Options.Add(_trust);
        command.Options.Add(_untrusted);
        command.Options.Add(_crl);
        command.Options.Add(_crlAll);
        command.Options.Add(_at);
        return this;
    }

    /// <summary>Reads the files.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>What decides; null if there is no <c>--trust</c>.</returns>
    /// <exception cref="CommandException">A file cannot be read, or an option makes no sense.</exception>
    public async Task<TrustDecision?> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_trust) is not { Length: > 0 } trust)
        {
            return null;
        }

        var anchors = await PkiInputs.CertificatesAsync(trust, cancellationToken).ConfigureAwait(false);
        var others = await PkiInputs.CertificatesAsync(parsed.GetValue(_untrusted) ?? [], cancellationToken).ConfigureAwait(false);
        var lists = await PkiInputs.RevocationListsAsync(parsed.GetValue(_crl) ?? [], cancellationToken).ConfigureAwait(false);
        var options = new PathOptions { Time = Moment(parsed), RevocationLists = lists, RevocationScope = parsed.GetValue(_crlAll) ? RevocationScope.WholePath : null };
        return new TrustDecision(new PathValidator(anchors.Select(certificate => new TrustAnchor(certificate)), CryptoProviders.Software), others, options);
    }

    /// <summary>Gets the moment of <c>--at</c>, or now.</summary>
    /// <param name="parsed">The command line.</param>
    public DateTimeOffset Moment(ParseResult parsed)
    {
        if (parsed.GetValue(_at) is not { } text)
        {
            return DateTimeOffset.UtcNow;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw CommandException.Usage($"--at: '{text}' is no moment such as 2026-12-31T23:59:59Z.");
    }

    private static Option<string[]> Files(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
}
