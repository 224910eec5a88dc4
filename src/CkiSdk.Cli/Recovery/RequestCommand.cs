using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Users;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Cli.Recovery;

/// <summary>Is <c>cki recovery request</c>: asks for the private key of somebody's certificate, and again until two people have approved it.</summary>
internal static class RequestCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the user who may ask (cki cma user add --may-recover)");
        var file = new Option<string>("--certificate") { Description = "The send or receive certificate whose key is wanted, PEM or DER.", HelpName = "FILE", Required = true };
        var name = new Option<string?>("--name") { Description = "Whose certificate of the file it is, where the file holds several, such as those that 'openssl cms -cmsout -certsout' takes out of a message.", HelpName = "DN" };
        var (target, force) = (PkiOptions.Out(isRequired: true), PkiOptions.Force());
        var verb = new PkiVerb("request", "Asks for the key of a certificate. Exit code 4 says that approvals are missing: the same command asks again.", "cki recovery request --home officer --certificate a1-receive.pem --out a1-receive.key") { path, file, name, target, force };
        var password = SecretOptions.NewPassword().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var certificate = Choose(await PkiInputs.CertificatesAsync([parsed.GetValue(file)!], cancellationToken).ConfigureAwait(false), parsed.GetValue(name), parsed.GetValue(file)!);
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            await using var session = await UserSession.OpenAsync(Home.Open(parsed.GetValue(path)!, HomeKind.User), cancellationToken: cancellationToken).ConfigureAwait(false);
            var (kept, request) = Resume(session, certificate) ?? Begin(session, certificate);
            await session.KeepAsync(cancellationToken).ConfigureAwait(false);
            using var key = (await AskAsync(session, kept, request, cancellationToken).ConfigureAwait(false)).PrivateKey;
            using var exponent = ((SoftwareDhKey)key).ExportExponent();
            using var pkcs8 = PrivateKeyEnvelope.ToPkcs8(key.Group, exponent);
            KeyOutput.Write(pkcs8, secret, byScrypt: false, new KeyTarget(parsed.GetValue(target)!, IsPem: true, parsed.GetValue(force), output));
            session.Recoveries.Remove(kept);
            await session.KeepAsync(cancellationToken).ConfigureAwait(false);
            return new PkiResult(
                new JsonObject { ["file"] = parsed.GetValue(target), ["subject"] = certificate.Subject.ToString(), ["encrypted"] = secret is not null },
                parsed.GetValue(target) == "-" ? "" : $"{parsed.GetValue(target)}: the recovered key of {certificate.Subject}\n");
        });
    }

    private static Certificate Choose(List<Certificate> certificates, string? name, string file)
    {
        if (name is null)
        {
            return certificates[0];
        }

        var wanted = PkiOptions.Name(name);
        return certificates.FindAll(certificate => certificate.Subject.Equals(wanted)) switch
        {
            [var one] => one,
            [] => throw CommandException.NotFound($"{file} holds no certificate of {wanted}, but of {string.Join(" and ", certificates.Select(certificate => certificate.Subject).Distinct())}."),
            _ => throw CommandException.Usage($"{file} holds several certificates of {wanted}: leave the one whose key is wanted."),
        };
    }

    private static async Task<RecoveredKey> AskAsync(UserSession session, byte[] kept, KeyRecoveryRequest request, CancellationToken cancellationToken)
    {
        switch (await session.Client.RequestRecoveryAsync(request, cancellationToken).ConfigureAwait(false))
        {
            case KeyRecoveryResult.Granted granted:
                return granted.Keys[0];
            case KeyRecoveryResult.Rejected rejected:
                session.Recoveries.Remove(kept);
                await session.KeepAsync(cancellationToken).ConfigureAwait(false);
                throw new CommandException(ExitCodes.Rejected, $"The CMA refuses: {rejected.Text}");
            case var other:
                throw new CkiWaitingException($"{(other as KeyRecoveryResult.Waiting)?.Text} The same command asks again.");
        }
    }

    private static (byte[] Kept, KeyRecoveryRequest Request) Begin(UserSession session, Certificate certificate)
    {
        var request = session.Agent.RequestKeyRecovery([certificate]);
        var kept = request.Octets.ToArray();
        session.Recoveries.Add(kept);
        return (kept, request);
    }

    // The same request asks for the same case, also in another run: several wait beside each other, and each keeps its approvals.
    private static (byte[] Kept, KeyRecoveryRequest Request)? Resume(UserSession session, Certificate certificate)
    {
        foreach (var kept in session.Recoveries)
        {
            try
            {
                return (kept, session.Agent.ResumeKeyRecovery(kept, [certificate]));
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException)
            {
                // It is for another certificate.
            }
        }

        return null;
    }
}
