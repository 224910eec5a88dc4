using System.CommandLine;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;

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
        var subject = PkiOptions.Subject(isRequired: true);
        var kind = new Option<string>("--key") { Description = "The kind of key: rsa:3072, ec:P-256, ec:P-384, ec:P-521 or ed25519.", HelpName = "KIND", Required = true };
        var days = PkiOptions.Days(3650);
        var pathLength = new Option<int?>("--path-length") { Description = "How many authorities may follow below it; default: any number.", HelpName = "N" };
        var parent = new Option<string?>("--parent") { Description = "The folder of the authority that signs; default: it signs itself.", HelpName = "D" };
        var verb = new PkiVerb("init", "Makes the key and the certificate of an authority, and a folder for what it issues.", "cki pki ca init --dir root --subject \"CN=Example Root,O=Example\" --key ec:P-256")
        {
            folder, subject, kind, days, pathLength, parent,
        };
        var password = SecretOptions.Password("the password that encrypts the key; with --parent also that of the parent's key").AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var target = parsed.GetValue(folder)!;
            AuthorityFolder.RequireFree(target);
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var pkcs8 = KeyKinds.Generate(parsed.GetValue(kind)!);
            using var key = await CryptoProviders.Software.Keys.ImportSigningKeyAsync(pkcs8, cancellationToken).ConfigureAwait(false);
            var now = PkiOptions.Now();
            var details = new IssuanceDetails
            {
                Subject = PkiOptions.Name(parsed.GetValue(subject)!),
                SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
                NotBefore = now,
                NotAfter = now.AddDays(parsed.GetValue(days)),
                PathLength = parsed.GetValue(pathLength),
            };
            var (certificate, chain) = (default(Certificate), "");
            if (parsed.GetValue(parent) is { } above)
            {
                using var authority = await AuthorityFolder.OpenAsync(above, secret, cancellationToken).ConfigureAwait(false);
                certificate = await authority.IssueAsync(IssuanceProfile.Intermediate.Make(details), cancellationToken).ConfigureAwait(false);
                chain = authority.Chain;
            }
            else
            {
                var serial = SerialNumbers.Random(CryptoProviders.Software.Random);
                certificate = await CertificateSigner.SignAsync(IssuanceProfile.Root.Make(details), null, key, key.Algorithms[0], serial, cancellationToken).ConfigureAwait(false);
            }

            using var pem = Pem(pkcs8, secret);
            AuthorityFolder.Create(target, pem, certificate, chain);
            var show = new CertificateShow(certificate);
            var json = show.Json();
            json["dir"] = target;
            return new PkiResult(json, show.Short());
        });
    }

    private static Secret Pem(Secret pkcs8, Secret? password) => password is null
        ? KeyWriter.ToPem(KeyWriter.LabelOf(KeyForm.Pkcs8), pkcs8.Span)
        : KeyWriter.ToPem(KeyWriter.LabelOf(KeyForm.EncryptedPkcs8), KeyWriter.Encrypt(pkcs8, password, CryptoProviders.Software.Random, KeyProtection.Default));
}
