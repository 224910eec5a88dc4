using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Authorities;

/// <summary>Is <c>cki cma user add</c>: enrols a user and writes what he needs to begin.</summary>
internal static class EnrolmentCommand
{
    private const int SecretLength = 25; // characters of 5 bits each
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's, without letters that look like others
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2 * 365);

    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the CMA");
        var name = new Option<string>("--name") { Description = "The user's name, in the domain of the CMA.", HelpName = "DN", Required = true };
        var target = new Option<string>("--out") { Description = "The enrolment file to write; the secret that opens it goes to FILE.secret, for another way to the user.", HelpName = "FILE", Required = true };
        var recovery = new Option<bool>("--may-recover") { Description = "Let the user ask for recovered keys of others." };
        var approval = new Option<bool>("--may-approve") { Description = "Let the user approve that keys of others are recovered: two must, and the one who asks does not count." };
        var withdraw = new Option<bool>("--withdraw") { Description = "Take back what --may-recover and --may-approve have let him; without any of the three he keeps it when he is enrolled anew." };
        var whileRevoked = new Option<bool>("--while-revoked") { Description = "Enrol a user anew who is revoked, because his keys were stolen; he gets nothing before 'cki cma user restore'." };
        var force = PkiOptions.Force();
        return new PkiVerb("add", "Enrols a user, or anew with new keys, and writes his enrolment file and its secret.", "cki cma user add --home a --name \"CN=A1,O=Domain A,C=GB\" --out a1.json") { path, name, target, recovery, approval, withdraw, whileRevoked, force }.Does(output, error, async (parsed, cancellationToken) =>
        {
            var home = Home.Open(parsed.GetValue(path)!, HomeKind.Cma);
            var user = PkiOptions.Name(parsed.GetValue(name)!);
            var file = parsed.GetValue(target)!;
            var kinds = Kinds(parsed.GetValue(recovery), parsed.GetValue(approval), parsed.GetValue(withdraw));
            foreach (var written in new[] { file, SecretFileOf(file) })
            {
                PkiFiles.RequireFree(written, parsed.GetValue(force));
            }

            using var log = new WarningLog(error);
            await using var host = await CmaHost.OpenAsync(home, new HostSettings(log), cancellationToken).ConfigureAwait(false);
            await host.ResumeAsync(cancellationToken).ConfigureAwait(false);
            using var secret = MakeSecret();
            var enrolment = await MakeAsync(host, user, secret, cancellationToken).ConfigureAwait(false);

            // The files first: what is in the store counts from then on, and without them the user would have nothing for it.
            using var enrolmentFile = ReplacedFile.Write(file, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(enrolment, HomeJson.Default.EnrolmentFile) + "\n"));
            using var secretFile = ReplacedFile.Write(SecretFileOf(file), [.. secret.Span, (byte)'\n']);

            // From now on nobody gets in with the authentication certificate before.
            var may = await PutAsync(host, Read(user, enrolment) with { AuthenticationCertificate = Certificate.FromPem(enrolment.Authentication.Certificate), Besides = kinds, WhileRevoked = parsed.GetValue(whileRevoked) }, cancellationToken).ConfigureAwait(false);
            enrolmentFile.Keep();
            secretFile.Keep();
            var isRevoked = await host.Store.FindUserAsync(user.Canonical, cancellationToken).ConfigureAwait(false) is { IsRevoked: true };
            return new PkiResult(
                new JsonObject { ["user"] = user.ToString(), ["file"] = file, ["secretFile"] = SecretFileOf(file), ["mayRecover"] = may.HasFlag(PartyKinds.RecoveryRequester), ["mayApprove"] = may.HasFlag(PartyKinds.RecoveryApprover), ["revoked"] = isRevoked },
                $"{user} is enrolled{May(may)}{(isRevoked ? "; he is revoked, and gets nothing before 'cki cma user restore'" : "")}\nenrolment file   {file}\nits secret       {SecretFileOf(file)}\nthen: cki user enroll --home DIR --in {file} --password-file {SecretFileOf(file)}\n");
        });
    }

    /// <summary>Enrols a user.</summary>
    /// <param name="host">The CMA.</param>
    /// <param name="user">The user.</param>
    /// <param name="kinds">What he is besides: one who may ask for recovered keys of others, or approve that.</param>
    /// <param name="secret">The secret under which his keys are encrypted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>His enrolment file.</returns>
    /// <exception cref="CommandException">He is revoked or outside the domain, or the domain has no key yet.</exception>
    public static async Task<EnrolmentFile> EnrolAsync(CmaHost host, DistinguishedName user, PartyKinds kinds, Secret secret, CancellationToken cancellationToken)
    {
        var enrolment = await MakeAsync(host, user, secret, cancellationToken).ConfigureAwait(false);
        await PutAsync(host, Read(user, enrolment) with { Besides = kinds }, cancellationToken).ConfigureAwait(false);
        return enrolment;
    }

    /// <summary>Makes the secret of an enrolment file: 125 random bits that people can type.</summary>
    /// <returns>The secret in ASCII, which the caller disposes.</returns>
    public static Secret MakeSecret()
    {
        var secret = Secret.Random(SecretLength, CryptoProviders.Software.Random);
        foreach (ref var octet in secret.Span)
        {
            octet = (byte)Alphabet[octet & 31];
        }

        return secret;
    }

    // The keys of a user, of which nothing is in the store yet.
    private static async Task<EnrolmentFile> MakeAsync(CmaHost host, DistinguishedName user, Secret secret, CancellationToken cancellationToken)
    {
        if (!DomainRule.Of(host.Identity.Certificate).Admits(user) || user.Equals(host.Home.Name))
        {
            throw CommandException.Usage($"--name: {user} is not in the domain {string.Join(" | ", host.Home.Configuration.Domain)}, or the CMA itself.");
        }

        using var authority = await AuthenticationAuthority.OpenAsync(host.Home, host.Identity.Party.HomeKey, CryptoProviders.Software, cancellationToken).ConfigureAwait(false);
        var tls = await authority.MakeTlsAsync(user, isServer: false, Lifetime, cancellationToken).ConfigureAwait(false);
        var encryption = await authority.MakeEncryptionAsync(user, Lifetime, cancellationToken).ConfigureAwait(false);
        try
        {
            var file = new EnrolmentFile
            {
                Version = HomeConfiguration.CurrentVersion,
                User = user.ToString(),
                Cma = PartyCard.Read(host.Home.PathOf(AuthorityHome.CardFile)),
                Authentication = new EnrolledKey(tls.Certificate.ToPem(), Home.Encrypt(tls.Pkcs8, secret)),
                Encryption = new EnrolledKey(encryption.Certificate.ToPem(), Home.Encrypt(encryption.Pkcs8, secret)),
                Mac = "",
            };
            return file with { Mac = file.ComputeMac(secret) };
        }
        finally
        {
            tls.Pkcs8.Dispose();
            encryption.Pkcs8.Dispose();
        }
    }

    private static Enrolment Read(DistinguishedName user, EnrolmentFile file) => new(user, Certificate.FromPem(file.Encryption.Certificate));

    private static async Task<PartyKinds> PutAsync(CmaHost host, Enrolment enrolment, CancellationToken cancellationToken)
    {
        try
        {
            return await host.Authority.Administration.EnrolAsync(enrolment, TimeProvider.System.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception)
        {
            // Else the TLCMA has not answered yet, so that there is no key of the domain.
            var isRevoked = await host.Store.FindUserAsync(enrolment.User.Canonical, cancellationToken).ConfigureAwait(false) is { IsRevoked: true };
            throw new CommandException(isRevoked ? ExitCodes.Rejected : ExitCodes.Waiting, exception.Message, exception);
        }
    }

    private static PartyKinds? Kinds(bool mayRecover, bool mayApprove, bool isWithdrawn) => (mayRecover || mayApprove, isWithdrawn) switch
    {
        (true, true) => throw CommandException.Usage("--withdraw goes neither with --may-recover nor with --may-approve."),
        (false, false) => null,
        _ => (mayRecover ? PartyKinds.RecoveryRequester : PartyKinds.None) | (mayApprove ? PartyKinds.RecoveryApprover : PartyKinds.None),
    };

    private static string May(PartyKinds kinds) => string.Concat(
        kinds.HasFlag(PartyKinds.RecoveryRequester) ? ", and may ask for recovered keys" : "", kinds.HasFlag(PartyKinds.RecoveryApprover) ? ", and may approve that keys are recovered" : "");

    private static string SecretFileOf(string file) => $"{file}.secret";
}
