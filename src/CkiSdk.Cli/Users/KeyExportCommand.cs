using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Cli.Users;

/// <summary>Is <c>cki user key export</c>: writes the private key of one certificate, for programs that know nothing of seed keys.</summary>
internal static class KeyExportCommand
{
    /// <summary>Creates the command with the one above it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the user");
        var file = new Option<string>("--certificate") { Description = "The send or receive certificate of the user, PEM or DER.", HelpName = "FILE", Required = true };
        var (target, force) = (PkiOptions.Out(isRequired: true), PkiOptions.Force());
        var verb = new PkiVerb("export", "Derives the private key of a certificate and writes it as PKCS #8.", "cki user key export --home b1 --certificate b1-receive.pem --out b1-receive.key") { path, file, target, force };
        var password = SecretOptions.NewPassword().AddTo(verb);
        verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var certificate = await PkiInputs.CertificateAsync(parsed.GetValue(file)!, cancellationToken).ConfigureAwait(false);
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using var session = await UserSession.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.User), cancellationToken: cancellationToken).ConfigureAwait(false);
            if (!certificate.Subject.Equals(session.Home.Name))
            {
                throw CommandException.NotFound($"The certificate is that of {certificate.Subject}, not of {session.Home.Configuration.Name}.");
            }

            var usage = certificate.KeyUsage == (KeyUsage.KeyAgreement | KeyUsage.EncipherOnly) ? DatedKeyUsage.Send : DatedKeyUsage.Receive;
            if (!session.Agent.HasSeed(certificate) && usage == DatedKeyUsage.Receive)
            {
                Require(await session.Client.RequestSeedKeyAsync(certificate, cancellationToken: cancellationToken).ConfigureAwait(false));
            }

            using var key = await session.Agent.DeriveKeyAsync(certificate, usage, cancellationToken).ConfigureAwait(false);
            using var exponent = key is SoftwareDhKey software ? software.ExportExponent() : throw new CryptoProviderException(CryptoError.UnsupportedKey, "The key does not leave where it lives.");
            using var pkcs8 = PrivateKeyEnvelope.ToPkcs8(key.Group, exponent);
            KeyOutput.Write(pkcs8, secret, byScrypt: false, new KeyTarget(parsed.GetValue(target)!, IsPem: true, parsed.GetValue(force), output));
            return new PkiResult(
                new JsonObject { ["file"] = parsed.GetValue(target), ["usage"] = usage == DatedKeyUsage.Send ? "send" : "receive", ["encrypted"] = secret is not null },
                parsed.GetValue(target) == "-" ? "" : $"{parsed.GetValue(target)}: the key of the {(usage == DatedKeyUsage.Send ? "send" : "receive")} certificate\n");
        });
        return new ExampleCommand("key", "Private keys of the user's certificates.", "cki user key export --home b1 --certificate b1-receive.pem --out b1-receive.key") { verb };
    }

    private static void Require(ExternalSeedKeyResult result)
    {
        switch (result)
        {
            case ExternalSeedKeyResult.Rejected rejected:
                throw new CommandException(ExitCodes.Rejected, $"The CMA refuses the seed key: {rejected.Text}");
            case ExternalSeedKeyResult.Waiting waiting:
                throw new CommandException(ExitCodes.Waiting, $"The CMA has not decided about the seed key yet: {waiting.Text}");
        }
    }
}
