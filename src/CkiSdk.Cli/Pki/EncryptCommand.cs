using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Envelopes;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki encrypt</c>: encrypts a file to certificates or under a password, as CMS.</summary>
internal static class EncryptCommand
{
    private const string Example = "cki pki encrypt --in report.pdf --to bob.pem --trust ca.pem --out report.p7m";

    private static readonly KeyUsage[] Usages = [KeyUsage.KeyEncipherment, KeyUsage.KeyAgreement];

    private static readonly Dictionary<string, ContentEncryption> Ciphers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aes-128-gcm"] = ContentEncryption.Aes128Gcm,
        ["aes-192-gcm"] = ContentEncryption.Aes192Gcm,
        ["aes-256-gcm"] = ContentEncryption.Aes256Gcm,
        ["aes-128-cbc"] = ContentEncryption.Aes128Cbc,
        ["aes-192-cbc"] = ContentEncryption.Aes192Cbc,
        ["aes-256-cbc"] = ContentEncryption.Aes256Cbc,
    };

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var input = PkiOptions.In("The file to encrypt; default: the standard input.");
        var target = PkiOptions.Out();
        var to = new Option<string[]>("--to") { Description = "Certificates of recipients.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
        var cipher = new Option<string>("--cipher") { Description = $"One of {string.Join(", ", Ciphers.Keys)}; CBC authenticates nothing and is for old programs.", DefaultValueFactory = _ => "aes-256-gcm", HelpName = "NAME" };
        var rsa = new Option<string>("--rsa") { Description = "How RSA encrypts: oaep, or pkcs1 for old programs.", DefaultValueFactory = _ => "oaep" };
        rsa.AcceptOnlyFromAmong("oaep", "pkcs1");
        var identifier = new Option<bool>("--keyid") { Description = "Name certificates by their subject key identifiers." };
        var unchecked_ = new Option<bool>("--unchecked") { Description = "Do not ask whether the recipients' certificates are trusted." };
        var (form, force) = (PkiOptions.OutForm(), PkiOptions.Force());
        var verb = new PkiVerb("encrypt", "Encrypts a file: CMS AuthEnvelopedData, or EnvelopedData with CBC.", Example) { input, target, to, cipher, rsa, identifier, unchecked_, form, force };
        var password = SecretOptions.Password("a password that opens the message").AddTo(verb);
        var trust = new TrustOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var certificates = await PkiInputs.CertificatesAsync(parsed.GetValue(to) ?? [], cancellationToken).ConfigureAwait(false);
            if (certificates.Count > 0 && !parsed.GetValue(unchecked_))
            {
                var decision = await trust.ReadAsync(parsed, cancellationToken).ConfigureAwait(false)
                    ?? throw CommandException.Usage("--trust is missing: name the certificates at which trust begins, or say --unchecked.");
                certificates.ForEach(certificate => decision.Require($"the recipient's certificate {certificate.Subject}", certificate, Usages));
            }

            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            var scheme = parsed.GetValue(rsa) == "pkcs1" ? RsaEncryptionScheme.Pkcs1 : null;
            EnvelopeRecipient[] recipients = [.. certificates.Select(certificate => For(certificate, scheme, parsed.GetValue(identifier))), .. secret is null ? [] : new[] { new PasswordRecipient(secret) }];
            if (recipients.Length == 0)
            {
                throw CommandException.Usage("There is no recipient: name certificates with --to, or a password.");
            }

            var options = new EnvelopeOptions { Recipients = recipients, Algorithm = CipherOf(parsed.GetValue(cipher)!) };
            await using var content = MessageFiles.OpenContent(parsed.GetValue(input), error);
            await using var staged = MessageFiles.Create(parsed, parsed.GetValue(target), parsed.GetValue(force), isSecret: false);
            await MessageFiles.WriteMessageAsync(
                staged,
                parsed.GetValue(form) == "pem",
                message => MessageEnvelopes.EncryptAsync(content, message, options, CryptoProviders.Software, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            return Result(parsed.GetValue(target), certificates, options.Algorithm);
        });
    }

    private static EnvelopeRecipient For(Certificate certificate, RsaEncryptionScheme? scheme, bool useKeyIdentifier)
    {
        try
        {
            var recipient = EnvelopeRecipient.For(certificate, useKeyIdentifier);
            return recipient is RsaRecipient && scheme is not null ? new RsaRecipient(certificate, scheme, useKeyIdentifier) : recipient;
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage($"{certificate.Subject}: {Failures.Words(exception)}", exception);
        }
    }

    private static ContentEncryption CipherOf(string name) =>
        Ciphers.TryGetValue(name, out var cipher) ? cipher : throw CommandException.Usage($"--cipher: '{name}' is none of {string.Join(", ", Ciphers.Keys)}.");

    private static PkiResult Result(string? target, List<Certificate> certificates, ContentEncryption cipher)
    {
        var isFile = target is not (null or "-");
        var names = certificates.ConvertAll(certificate => certificate.Subject.ToString());
        var json = new JsonObject { ["file"] = isFile ? target : null, ["cipher"] = cipher.ToString(), ["recipients"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };
        return new PkiResult(json, isFile ? $"{target}: encrypted to {(names.Count > 0 ? string.Join("; ", names) : "a password")}\n" : "");
    }
}
