using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Cli.Pki;

/// <summary>Is the set of options by which a command decides whom to trust: <c>--trust</c>, <c>--untrusted</c>, <c>--crl</c>, <c>--at</c>, <c>--allow</c>.</summary>
internal sealed class TrustOptions
{
    private static readonly string[] Moments = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyyMMdd'T'HHmmssK"];

    private readonly Option<string[]> _trust;
    private readonly Option<string[]> _untrusted = Files("--untrusted", "Certificates that may stand between, or sign revocation lists, PEM or DER.");
    private readonly Option<string[]> _crl = Files("--crl", "Revocation lists, PEM or DER; they must say something about the certificate.");
    private readonly Option<bool> _crlAll = new("--crl-all") { Description = "The revocation lists must say something about every certificate but the anchor." };
    private readonly Option<string?> _at = new("--at") { Description = "The moment for which to check, as ISO 8601 such as 2030-06-01T12:00:00Z; default: now.", HelpName = "ISO" };
    private readonly Option<string?> _allow = AllowOption.ForPaths();

    /// <summary>Makes the options.</summary>
    /// <param name="isRequired">Whether <c>--trust</c> must be there.</param>
    public TrustOptions(bool isRequired = false)
    {
        _trust = Files("--trust", "Certificates at which trust begins, PEM or DER.");
        _trust.Required = isRequired;
    }

    /// <summary>Gets the options that take several words.</summary>
    public IEnumerable<Option> Greedy => [_trust, _untrusted, _crl];

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public TrustOptions AddTo(Command command)
    {
        command.Options.Add(_trust);
        command.Options.Add(_untrusted);
        command.Options.Add(_crl);
        command.Options.Add(_crlAll);
        command.Options.Add(_at);
        command.Options.Add(_allow);
        return this;
    }

    /// <summary>Reads the files.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="except">A word that belongs to no option.</param>
    /// <returns>What decides; null if there is no <c>--trust</c>.</returns>
    /// <exception cref="CommandException">A file cannot be read, or an option makes no sense.</exception>
    public async Task<TrustDecision?> ReadAsync(ParseResult parsed, CancellationToken cancellationToken, Token? except = null)
    {
        var moment = Moment(parsed);
        var (legacy, permissions) = AllowOption.Parse(parsed.GetValue(_allow));
        if (LastWord.Without(parsed, _trust, except) is not { Length: > 0 } trust)
        {
            return null;
        }

        var anchors = await PkiInputs.CertificatesAsync(trust, cancellationToken).ConfigureAwait(false);
        var others = await PkiInputs.CertificatesAsync(LastWord.Without(parsed, _untrusted, except), cancellationToken).ConfigureAwait(false);
        var lists = await PkiInputs.RevocationListsAsync(LastWord.Without(parsed, _crl, except), cancellationToken).ConfigureAwait(false);
        var options = new PathOptions
        {
            Time = moment,
            RevocationLists = lists,
            RevocationScope = parsed.GetValue(_crlAll) ? RevocationScope.WholePath : lists.Count > 0 ? RevocationScope.EndCertificate : RevocationScope.None,
            LegacyAlgorithms = legacy,
            Permissions = permissions,
        };
        return new TrustDecision(new PathValidator(anchors.Select(certificate => new TrustAnchor(certificate)), CryptoProviders.Software), others, options);
    }

    /// <summary>Gets the old algorithms of <c>--allow</c>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="CommandException">A word is unknown.</exception>
    public LegacyAlgorithms Algorithms(ParseResult parsed) => AllowOption.Parse(parsed.GetValue(_allow)).Algorithms;

    /// <summary>Gets the moment of <c>--at</c>, or now.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="CommandException">It is no moment.</exception>
    public DateTimeOffset Moment(ParseResult parsed)
    {
        if (parsed.GetValue(_at) is not { } text)
        {
            return TimeProvider.System.GetUtcNow();
        }

        return DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : throw CommandException.Usage($"--at: '{text}' is no moment such as 2030-06-01T12:00:00Z.");
    }

    private static Option<string[]> Files(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
}
