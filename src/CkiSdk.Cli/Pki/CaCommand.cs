using System.CommandLine;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki ca</c>.</summary>
internal static class CaCommand
{
    /// <summary>Creates the command with the one below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("ca", "Sets up certification authorities.", "cki pki ca init --dir root --subject \"CN=Example Root\" --key ec:P-256") { Init(output, error) };

    private static PkiVerb Init(TextWriter output, TextWriter error)
    {
        var folder = new Option<string>("--dir") { Description = "The new folder of the authority.", HelpName = "D", Required = true };
        var subject = PkiOptions.Subject(isRequired: false);
        var kind = new Option<string>("--key") { Description = "The kind of key: rsa:3072, ec:P-256, ec:P-384, ec:P-521 or ed25519; or a key that exists: its file, or the pkcs11: URI of one in a token.", HelpName = "KIND|FILE|URI", Required = true };
        var certificate = new Option<string?>("--cert") { Description = "Take over an authority that exists: the certificate of the key that --key names.", HelpName = "FILE" };
        var days = PkiOptions.Days(3650);
        var pathLength = PkiOptions.PathLength("How many authorities may follow below it; default: any number.");
        var parent = new Option<string?>("--parent") { Description = "The folder of the authority that signs; default: it signs itself.", HelpName = "D" };
        var algorithm = AlgorithmOption.Make();
        var verb = new PkiVerb("init", "Makes the key and the certificate of an authority, and a folder for what it issues.", "cki pki ca init --dir root --subject \"CN=Example Root,O=Example\" --key ec:P-256")
        {
            folder, subject, kind, certificate, days, pathLength, parent, algorithm,
        };
        var keys = new KeyAccessOptions("the password that encrypts the key; with --parent also that of the parent's key, and with a file that of the file").AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(folder)!;
            AuthorityFolder.RequireFree(target);
            using var access = await keys.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var key = await AuthorityKey.OpenAsync(parsed.GetValue(kind)!, access, cancellationToken).ConfigureAwait(false);
            var (issued, chain) = (default(Certificate), "");
            if (parsed.GetValue(certificate) is { } existing)
            {
                RequireAlone(parsed, subject, parent);
                issued = await TakeOverAsync(existing, key.Key, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var details = Details(parsed.GetValue(subject) ?? throw CommandException.Usage("--subject DN is missing."), key.Key, parsed.GetValue(days), parsed.GetValue(pathLength));
                (issued, chain) = await IssueAsync(details, parsed.GetValue(parent), key.Key, own => AlgorithmOption.For(parsed, algorithm, own), access, cancellationToken).ConfigureAwait(false);
            }

            AuthorityFolder.Create(target, key.Kept, issued, chain);
            var show = new CertificateShow(issued);
            var json = show.Json();
            json["dir"] = target;
            return new PkiResult(json, show.Short());
        });
    }

    private static IssuanceDetails Details(string subject, ISigningKey key, int days, int? pathLength)
    {
        var now = PkiOptions.Now();
        return new IssuanceDetails { Subject = PkiOptions.Name(subject), SubjectPublicKeyInfo = key.SubjectPublicKeyInfo, NotBefore = now, NotAfter = now.AddDays(days), PathLength = pathLength };
    }

    private static async Task<(Certificate Certificate, string Chain)> IssueAsync(
        IssuanceDetails details, string? parent, ISigningKey key, Func<ISigningKey, SignatureAlgorithm> algorithm, KeyAccess access, CancellationToken cancellationToken)
    {
        if (parent is null)
        {
            return (await AuthorityFolder.SignItselfAsync(IssuanceProfile.Root.Make(details), key, algorithm(key), cancellationToken).ConfigureAwait(false), "");
        }

        using var authority = await AuthorityFolder.OpenAsync(parent, access, cancellationToken).ConfigureAwait(false);
        return (await authority.IssueAsync(IssuanceProfile.Intermediate.Make(details), algorithm(authority.Key), cancellationToken).ConfigureAwait(false), authority.Chain);
    }

    private static void RequireAlone(ParseResult parsed, params Option<string?>[] others)
    {
        if (others.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } other)
        {
            throw CommandException.Usage($"--cert takes over a certificate as it is: {other.Name} does not go with it.");
        }
    }

    private static async Task<Certificate> TakeOverAsync(string file, ISigningKey key, CancellationToken cancellationToken)
    {
        var certificate = await PkiInputs.CertificateAsync(file, cancellationToken).ConfigureAwait(false);
        return !certificate.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span) ? throw CommandException.Usage($"{file}: the certificate is not that of the key.")
            : certificate.IsAuthority ? certificate
            : throw CommandException.Usage($"{file}: the certificate is not that of an authority (RFC 5280 §4.2.1.9).");
    }
}
