using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Requests;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki cert issue</c>.</summary>
internal sealed class CertIssueCommand
{
    private readonly Option<string?> _authority = new("--ca") { Description = "The folder of the authority; every profile but root needs it.", HelpName = "D" };
    private readonly Option<string?> _request = new("--csr") { Description = "The file with the request; - for the standard input.", HelpName = "FILE" };
    private readonly Option<string?> _publicKey = new("--public-key") { Description = "Instead of a request: the file with a public key, such as one for Diffie-Hellman, whose holder you know by other means.", HelpName = "FILE" };
    private readonly Option<string> _profile = new("--profile") { Description = "tls-server (or tls), tls-client, mail (or smime), user, intermediate, cma with --domain, or root, which signs itself by --key.", HelpName = "P", Required = true };
    private readonly Option<int> _days = PkiOptions.Days(365);
    private readonly Option<string?> _subject = PkiOptions.Subject(isRequired: false);
    private readonly Option<string[]> _names = PkiOptions.AlternativeNames();
    private readonly Option<string[]> _domain = new("--domain") { Description = "For cma: a subtree of its domain, which admits its own name.", HelpName = "DN", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _policy = new("--policy") { Description = "A policy of the certificate.", HelpName = "OID", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _crlUrl = PkiOptions.Locations("--crl-url", "Where the revocation list is.");
    private readonly Option<string?> _crlIssuer = new("--crl-issuer") { Description = "Who issues the revocation list, which is indirect, where it is not this authority.", HelpName = "DN" };
    private readonly Option<string[]> _issuerUrl = PkiOptions.Locations("--issuer-url", "Where the issuer's certificate is.");
    private readonly Option<int?> _pathLength = PkiOptions.PathLength("For intermediate and root: how many authorities may follow below it; default: any number.");
    private readonly Option<string?> _allow = AllowOption.ForRequests();
    private readonly Option<string> _target = PkiOptions.Out();
    private readonly Option<string> _form = PkiOptions.OutForm();
    private readonly Option<bool> _force = PkiOptions.Force();
    private readonly Option<string?> _algorithm = AlgorithmOption.Make();
    private readonly KeyOptions _key = new(isRequired: false, "the password of the authority's key, or with --profile root of the key itself");

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new CertIssueCommand();
        var verb = new PkiVerb(
            "issue",
            "Issues a certificate by a profile; of a request only subject, key and fitting names are honoured.",
            "cki pki cert issue --ca root --csr request.pem --profile tls-server --days 90 --out server.pem");
        foreach (var option in (Option[])[
            command._authority, command._request, command._publicKey, command._profile, command._days, command._subject, command._names, command._domain,
            command._policy, command._crlUrl, command._crlIssuer, command._issuerUrl, command._pathLength, command._allow, command._algorithm, command._target, command._form, command._force])
        {
            verb.Options.Add(option);
        }

        _ = command._key.AddTo(verb);
        return verb.Does(output, error, (parsed, cancellationToken) => command.RunAsync(parsed, output, error, cancellationToken));
    }

    private async Task<PkiResult> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        RequireWhole(parsed);
        using var access = await _key.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
        var (certificate, ignored) = IsRoot(parsed)
            ? (await SignItselfAsync(parsed, access, cancellationToken).ConfigureAwait(false), [])
            : await IssueAsync(parsed, access, cancellationToken).ConfigureAwait(false);
        foreach (var words in ignored)
        {
            await error.WriteLineAsync($"cki: not honoured: {words}").ConfigureAwait(false);
        }

        var json = new CertificateShow(certificate).Json();
        json["ignored"] = new JsonArray([.. ignored.Select(words => (JsonNode)words)]);
        return PkiOptions.Write(parsed, _target, _form, _force, certificate.Encoded.Span, "CERTIFICATE", json, $"{ShowText.Subject(certificate.Subject)}, issued by {certificate.Issuer}, until {ShowText.Iso(certificate.NotAfter)}", output);
    }

    private bool IsRoot(ParseResult parsed) => parsed.GetValue(_profile)!.Equals(IssuanceProfile.Root.Name, StringComparison.OrdinalIgnoreCase);

    private void RequireWhole(ParseResult parsed)
    {
        if (IsRoot(parsed) && (parsed.GetValue(_authority) ?? parsed.GetValue(_request) ?? parsed.GetValue(_publicKey)) is not null)
        {
            throw CommandException.Usage("--profile root signs itself: it takes --key and --subject, and none of --ca, --csr and --public-key.");
        }

        if (!IsRoot(parsed) && (parsed.GetValue(_authority) is null || _key.Find(parsed) is not null))
        {
            throw CommandException.Usage(parsed.GetValue(_authority) is null ? "--ca D is missing: the folder of the authority." : "--key goes with --profile root only: the key of the authority is in its folder.");
        }
    }

    private async Task<(Certificate Certificate, IReadOnlyList<string> Ignored)> IssueAsync(ParseResult parsed, KeyAccess access, CancellationToken cancellationToken)
    {
        var (template, ignored) = await TemplateAsync(parsed, cancellationToken).ConfigureAwait(false);
        using var authority = await AuthorityFolder.OpenAsync(parsed.GetValue(_authority)!, access, cancellationToken).ConfigureAwait(false);
        return (await authority.IssueAsync(template, AlgorithmOption.For(parsed, _algorithm, authority.Key), cancellationToken).ConfigureAwait(false), ignored);
    }

    private async Task<Certificate> SignItselfAsync(ParseResult parsed, KeyAccess access, CancellationToken cancellationToken)
    {
        var (place, subject) = (_key.Find(parsed), parsed.GetValue(_subject));
        if (place is null || subject is null)
        {
            throw CommandException.Usage("--profile root needs --key and --subject.");
        }

        using var key = await access.OpenSigningKeyAsync(place, cancellationToken).ConfigureAwait(false);
        var now = PkiOptions.Now();
        var details = new IssuanceDetails { Subject = PkiOptions.Name(subject), SubjectPublicKeyInfo = key.SubjectPublicKeyInfo, NotBefore = now, NotAfter = now.AddDays(parsed.GetValue(_days)) };
        return await AuthorityFolder.SignItselfAsync(IssuanceProfile.Root.Make(With(details, parsed)), key, AlgorithmOption.For(parsed, _algorithm, key), cancellationToken).ConfigureAwait(false);
    }

    private async Task<(CertificateTemplate Template, IReadOnlyList<string> Ignored)> TemplateAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(_profile)!;
        var isCma = name.Equals("cma", StringComparison.OrdinalIgnoreCase);
        var profile = isCma ? IssuanceProfile.Intermediate : IssuanceProfile.TryParse(name, out var known) && known != IssuanceProfile.Root
            ? known : throw CommandException.Usage($"--profile: '{name}' is none of tls-server, tls-client, mail, user, intermediate, cma, root.");
        var now = PkiOptions.Now();
        var end = now.AddDays(parsed.GetValue(_days));
        CertificateTemplate template;
        IReadOnlyList<string> ignored = [];
        if (parsed.GetValue(_request) is { } file)
        {
            var request = await PkiInputs.RequestAsync(file, cancellationToken).ConfigureAwait(false);
            (template, ignored) = Decide(request, profile, now, end, parsed);
        }
        else
        {
            var key = await PublicKeyAsync(parsed.GetValue(_publicKey), cancellationToken).ConfigureAwait(false);
            var subject = parsed.GetValue(_subject) ?? throw CommandException.Usage("--public-key needs --subject.");
            template = profile.Make(With(new IssuanceDetails { Subject = PkiOptions.Name(subject), SubjectPublicKeyInfo = key, NotBefore = now, NotAfter = end }, parsed));
        }

        return (isCma ? Cma(template, parsed) : template, ignored);
    }

    private (CertificateTemplate Template, IReadOnlyList<string> Ignored) Decide(CertificationRequest request, IssuanceProfile profile, DateTimeOffset from, DateTimeOffset to, ParseResult parsed)
    {
        try
        {
            var decision = RequestDecision.Make(request, profile, from, to, CryptoProviders.Software, AllowOption.ParseAlgorithms(parsed.GetValue(_allow)), details => With(details, parsed));
            return (decision.Template, decision.Ignored);
        }
        catch (CertificateRefusedException exception)
        {
            throw new CommandException(ExitCodes.CheckFailed, exception.Message, exception, "request-refused");
        }
    }

    private IssuanceDetails With(IssuanceDetails details, ParseResult parsed) => details with
    {
        Subject = parsed.GetValue(_subject) is { } subject ? PkiOptions.Name(subject) : details.Subject,
        AlternativeNames = [.. details.AlternativeNames, .. PkiOptions.ParseNames(parsed.GetValue(_names))],
        PathLength = parsed.GetValue(_pathLength),
        Policies = [.. (parsed.GetValue(_policy) ?? []).Select(text => ObjectIdentifier.TryParse(text, out var policy) ? policy : throw CommandException.Usage($"--policy: '{text}' is no object identifier."))],
        RevocationListLocations = parsed.GetValue(_crlUrl) ?? [],
        RevocationListIssuer = parsed.GetValue(_crlIssuer) is { } listIssuer ? PkiOptions.Name(listIssuer) : null,
        IssuerLocations = parsed.GetValue(_issuerUrl) ?? [],
    };

    private CertificateTemplate Cma(CertificateTemplate template, ParseResult parsed)
    {
        var bases = (parsed.GetValue(_domain) ?? []).Select(PkiOptions.Name).ToList();
        var domain = new DomainRule(bases.Count > 0 ? bases : throw CommandException.Usage("--profile cma needs --domain."));
        return domain.Admits(template.Subject)
            ? CertificateProfiles.Cma(template.Subject, template.SubjectPublicKeyInfo, template.NotBefore, template.NotAfter, domain)
            : throw CommandException.Usage("--domain: a CMA lies inside its own domain.");
    }

    private static async Task<ReadOnlyMemory<byte>> PublicKeyAsync(string? file, CancellationToken cancellationToken)
    {
        using var key = await PkiKeys.ReadAsync(
            file ?? throw CommandException.Usage("Name a request by --csr, or a public key by --public-key and --subject."), null, cancellationToken).ConfigureAwait(false);
        return key.Finding is { Code: CryptoError.WeakKey } finding
            ? throw new CommandException(ExitCodes.CheckFailed, $"{file}: The key was refused: {finding.Reason}.", code: "weak-key")
            : key.SubjectPublicKeyInfo;
    }
}
