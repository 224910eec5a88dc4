using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Routes;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;

namespace CkiSdk.Cli.Users;

/// <summary>Is <c>cki user enroll</c>: makes the home of a user out of his enrolment file, and fetches his keys and certificates.</summary>
internal static class EnrollCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var path = HomeOptions.Home("the new user");
        var input = new Option<string>("--in") { Description = "The enrolment file from the operator of the CMA; delete it afterwards.", HelpName = "FILE", Required = true };
        var route = RouteOption.Create("the CMA");
        var verb = new PkiVerb("enroll", "Makes the home of a user, or gives the one that is there new keys; fetches his seed key and gets him a send certificate.", "cki user enroll --home a1 --in a1.json --password-file a1.json.secret") { path, input, route };
        var password = SecretOptions.Password("the secret of the enrolment file").AddTo(verb);
        var key = new HomeKeyOptions().AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(input)!;
            var enrolment = HomeFiles.ReadJson(file, HomeJson.Default.EnrolmentFile);
            using var secret = await password.ReadAsync(parsed, cancellationToken).ConfigureAwait(false)
                ?? throw CommandException.Usage("--password-file or --password-env is missing: the secret of the enrolment file.");
            var folder = parsed.GetValue(path)!;
            var home = HomeExists(folder)
                ? await RenewAsync(folder, enrolment, secret, file, RouteOption.Read(parsed, route), cancellationToken).ConfigureAwait(false)
                : await CreateAsync(folder, enrolment, secret, key.Read(parsed), file, RouteOption.Read(parsed, route), cancellationToken).ConfigureAwait(false);
            await using var session = await UserSession.OpenAsync(home, cancellationToken: cancellationToken).ConfigureAwait(false);
            try
            {
                await session.Client.FetchAnnouncementsAsync(cancellationToken).ConfigureAwait(false);
                var send = await session.Client.SendCertificateAsync(cancellationToken).ConfigureAwait(false);
                var until = ShowText.Iso(send.NotAfter);
                return new PkiResult(
                    new JsonObject { ["user"] = home.Configuration.Name, ["home"] = home.Root, ["cma"] = session.Cma.Name, ["sendCertificateUntil"] = until },
                    $"{home.Configuration.Name} is enrolled with {session.Cma.Name}\nhome                     {home.Root}\nsend certificate until   {until}\nDelete {file} and its secret.\n");
            }
            catch (CkiTransportException exception)
            {
                throw new CommandException(ExitCodes.Transport, $"The home {home.Root} is made, but the CMA was not reached: {Failures.Sentence(exception.Message)} 'cki user certs --home {home.Root}' goes on.", exception);
            }
        });
    }

    /// <summary>Makes the home.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="enrolment">The enrolment file.</param>
    /// <param name="secret">Its secret.</param>
    /// <param name="source">Where the key of the home comes from.</param>
    /// <param name="file">The name of the enrolment file, for messages.</param>
    /// <param name="route">The route by which the CMA is reached; null for what its card says.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<Home> CreateAsync(string path, EnrolmentFile enrolment, Secret secret, HomeKeySource source, string file, Route? route, CancellationToken cancellationToken)
    {
        var configuration = new HomeConfiguration
        {
            Version = HomeConfiguration.CurrentVersion,
            Kind = HomeKind.User,
            Name = enrolment.Version == HomeConfiguration.CurrentVersion ? PkiOptions.Name(enrolment.User).ToString() : throw CommandException.Usage($"{file} has version {enrolment.Version}; this program knows version {HomeConfiguration.CurrentVersion}."),
            Key = source,
            Route = route?.Text,
        };
        return Home.CreateAsync(
            path,
            configuration,
            (home, homeKey) =>
            {
                TakeAll(home, enrolment, secret, homeKey, file);
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private static bool HomeExists(string path) => path.Length > 0 && File.Exists(Path.Combine(path, "home.json"));

    // What waited at the CMA, sealed to the old key, waits sealed to the new one now.
    private static async Task<Home> RenewAsync(string path, EnrolmentFile enrolment, Secret secret, string file, Route? route, CancellationToken cancellationToken)
    {
        var home = Home.Open(path, HomeKind.User);
        if (!home.Name.Equals(PkiOptions.Name(enrolment.User)))
        {
            throw CommandException.Usage($"{home.Root} is the home of {home.Configuration.Name}, and {file} is for {enrolment.User}.");
        }

        await using var held = await FolderLock.TakeAsync(home.Root, cancellationToken).ConfigureAwait(false);
        using var homeKey = await home.ReadKeyAsync(cancellationToken).ConfigureAwait(false);
        TakeAll(home, enrolment, secret, homeKey, file);
        return route is null ? home : home.Reconfigure(home.Configuration with { Route = route.Text, Spool = null });
    }

    private static void TakeAll(Home home, EnrolmentFile enrolment, Secret secret, Secret homeKey, string file)
    {
        RequireWhole(enrolment, secret, file);
        RequireNotOlder(home, enrolment, file);
        var cma = enrolment.Cma.Checked(file);
        Take(home, PartyIdentity.TlsName, enrolment.Authentication, secret, homeKey, file);
        Take(home, PartyIdentity.EncryptionName, enrolment.Encryption, secret, homeKey, file);
        _ = Route.Parse(cma.Address, $"{file}: address");
        HomeFiles.Write(home.PathOf(UserSession.CmaFile), cma.ToJson());
    }

    // Who is the CMA of this user, the file says: whoever had it on its way could have named himself.
    private static void RequireWhole(EnrolmentFile enrolment, Secret secret, string file)
    {
        if (enrolment.IsWhole(secret))
        {
            return;
        }

        try
        {
            using var key = KeyFile.Read(Encoding.ASCII.GetBytes(enrolment.Authentication.Key), secret);
        }
        catch (KeyFileException exception) when (exception.Code == KeyFileError.PasswordWrong)
        {
            throw CommandException.Usage($"The secret does not open {file}.", exception, "password-wrong");
        }
        catch (Exception exception) when (exception is KeyFileException or FormatException)
        {
            // It was changed there.
        }

        throw new CommandException(ExitCodes.NotTrusted, $"{file} is not as the operator has made it: somebody has changed it on its way. Have it made anew, and sent by another way.");
    }

    // The CMA has forgotten the keys of a file that was followed by another: they would take the place of those that it knows.
    private static void RequireNotOlder(Home home, EnrolmentFile enrolment, string file)
    {
        if (FindCertificate(home) is { } current && DecodeCertificate(enrolment.Authentication, file) is { } enrolled && enrolled.NotBefore < current.NotBefore)
        {
            throw CommandException.Usage($"{file} is of {ShowText.Iso(enrolled.NotBefore)}, and the keys in {home.Root} of {ShowText.Iso(current.NotBefore)}: the CMA takes those alone. Use the file that was made last.");
        }
    }

    // A home that is damaged is made whole.
    private static Certificate? FindCertificate(Home home)
    {
        try
        {
            return Certificate.FromPem(File.ReadAllText(home.PathOf($"{PartyIdentity.TlsName}.pem")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private static Certificate DecodeCertificate(EnrolledKey enrolled, string file)
    {
        try
        {
            return Certificate.FromPem(enrolled.Certificate);
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage($"{file} cannot be used: {exception.Message}", exception);
        }
    }

    private static void Take(Home home, string name, EnrolledKey enrolled, Secret secret, Secret homeKey, string file)
    {
        try
        {
            using var key = KeyFile.Read(Encoding.ASCII.GetBytes(enrolled.Key), secret);
            home.Replace(name, DecodeCertificate(enrolled, file), key.Pkcs8 ?? throw CommandException.Usage($"{file} cannot be used: it holds no private key."), homeKey);
        }
        catch (KeyFileException exception) when (exception.Code == KeyFileError.PasswordWrong)
        {
            throw CommandException.Usage($"The secret does not open {file}.", exception, "password-wrong");
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage($"{file} cannot be used: {exception.Message}", exception);
        }
    }
}
