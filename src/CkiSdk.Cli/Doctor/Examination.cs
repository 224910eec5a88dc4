using System.Net.Sockets;
using System.Runtime.Versioning;
using CkiSdk.Cli.Authorities;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Hosting;
using CkiSdk.Cli.Invocation;
using CkiSdk.Cli.Pki;
using CkiSdk.Cli.Routes;
using CkiSdk.Cli.Users;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;

namespace CkiSdk.Cli.Doctor;

/// <summary>Checks a home. A check that fails ends those that need what it looked at, and no other.</summary>
/// <param name="home">The home.</param>
/// <param name="log">Where warnings go.</param>
/// <param name="now">The present.</param>
/// <param name="soon">What ends within this time ends soon.</param>
internal sealed class Examination(Home home, WarningLog log, DateTimeOffset now, TimeSpan soon)
{
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    private readonly List<Finding> _findings = [];

    /// <summary>Runs all checks.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        _findings.Add(new Finding("configuration", Finding.Ok, $"{home.Configuration.Kind} {home.Configuration.Name}"));
        CheckPermissions();
        CheckClock();
        await TryAsync("key of the home", $"Restore the source of the key ({home.Configuration.Key.Kind}: {home.Configuration.Key.Place}); without it all keys are lost.", async () =>
        {
            using var key = await home.ReadKeyAsync(cancellationToken).ConfigureAwait(false);
            return $"from {home.Configuration.Key.Kind} {home.Configuration.Key.Place}";
        }).ConfigureAwait(false);
        CheckCertificates();
        await CheckMailAsync(cancellationToken).ConfigureAwait(false);
        await (home.Configuration.Kind == HomeKind.User ? CheckUserAsync(cancellationToken) : CheckAuthorityAsync(cancellationToken)).ConfigureAwait(false);
        return _findings;
    }

    private void CheckPermissions()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string[] secrets = [home.Root, .. Directory.EnumerateFiles(home.Root, "*.key"), .. Directory.EnumerateFiles(home.Root, "*.sqlite*"), .. Directory.EnumerateFiles(home.Root, "state.json")];
        var open = secrets.Where(IsOpen).ToArray();
        _findings.Add(open.Length == 0
            ? new Finding("permissions", Finding.Ok, "nobody but the owner can read what is secret")
            : new Finding("permissions", Finding.Bad, $"others may use {string.Join(", ", open)}", $"Run 'chmod go= {string.Join(' ', open)}', and replace the keys if somebody has read them."));
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string path)
    {
        try
        {
            return (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
        }
        catch (IOException)
        {
            // A link to nowhere; who reads it says so.
            return false;
        }
    }

    // There is nobody to ask for the time; but files from the future, or certificates not valid yet, say that the clock is behind.
    private void CheckClock()
    {
        var latest = Directory.EnumerateFiles(home.Root).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty(DateTime.MinValue).Max();
        _findings.Add(latest > now.UtcDateTime.AddMinutes(5)
            ? new Finding("clock", Finding.Bad, $"it says {ShowText.Iso(now)}, and a file was written at {ShowText.Iso(new DateTimeOffset(latest))}", "Set the clock, best by NTP: messages more than 5 minutes off are refused.")
            : new Finding("clock", Finding.Ok, ShowText.Iso(now)));
    }

    private void CheckCertificates()
    {
        var files = Directory.EnumerateFiles(home.Root, "*.pem").Order(StringComparer.Ordinal).Select(path => (Name: Path.GetFileNameWithoutExtension(path), Read: ReadCertificate(path))).ToArray();
        (string Name, Certificate Certificate)[] all = [.. files.Where(file => file.Read.Certificate is not null).Select(file => (file.Name, file.Read.Certificate!))];
        foreach (var (name, (certificate, fault)) in files)
        {
            var check = $"certificate {name}.pem";
            _findings.Add(certificate is null ? new Finding(check, Finding.Bad, fault!, "Restore the file from a backup.") : CheckCertificate(check, name, certificate, all));
        }
    }

    private static (Certificate? Certificate, string? Fault) ReadCertificate(string path)
    {
        try
        {
            return (Certificate.FromPem(File.ReadAllText(path)), null);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return (null, exception.Message);
        }
    }

    // Signing keys follow one another, and so do encryption keys; one that waits for the TLCMA follows none until it is certified.
    private Finding CheckCertificate(string check, string name, Certificate certificate, (string Name, Certificate Certificate)[] all)
    {
        var kind = KindOf(name);
        var waiting = SigningKeys.WaitingNameOf(home);
        Certificate[] others = [.. all.Where(other => other.Name != name && other.Name != waiting && other.Name != PartyIdentity.FormerEncryptionName && KindOf(other.Name) == kind).Select(other => other.Certificate)];
        var end = certificate.NotAfter < now ? now : certificate.NotAfter;
        var isFollowed = others.Any(other => other.NotBefore >= certificate.NotBefore && other.IsValidAt(end));
        return certificate.NotBefore > now && kind == home.Configuration.Kind && others.Any(other => other.IsValidAt(now)) ? new Finding(check, Finding.Ok, $"takes over at {ShowText.Iso(certificate.NotBefore)}")
            : certificate.NotBefore <= now && !certificate.IsValidAt(now) && isFollowed ? new Finding(check, Finding.Ok, $"ended at {ShowText.Iso(certificate.NotAfter)}; another one follows it")
            : !certificate.IsValidAt(now) ? new Finding(check, Finding.Bad, $"valid from {ShowText.Iso(certificate.NotBefore)} to {ShowText.Iso(certificate.NotAfter)}, not now", "Set the clock, or make a new home.")
            : certificate.NotAfter < now + soon && !isFollowed ? new Finding(check, Finding.Soon, $"ends at {ShowText.Iso(certificate.NotAfter)}", "Plan its replacement.")
            : new Finding(check, Finding.Ok, $"until {ShowText.Iso(certificate.NotAfter)}");
    }

    private string KindOf(string name) =>
        name == PartyIdentity.FormerEncryptionName ? PartyIdentity.EncryptionName : SigningKeys.NamesOf(home).Contains(name, StringComparer.Ordinal) ? home.Configuration.Kind : name;

    private async Task CheckMailAsync(CancellationToken cancellationToken)
    {
        if (MailWay.AccountOf(home) is not { } path)
        {
            return;
        }

        try
        {
            var account = MailAccountFile.Read(path);
            await account.ProbeAsync(cancellationToken).ConfigureAwait(false);
            _findings.Add(new Finding("mail", Finding.Ok, $"{account.Address}, {account.Place}"));
        }
        catch (CkiTransportException exception)
        {
            _findings.Add(new Finding("mail", Finding.Unreachable, exception.Message, $"Correct {path}, or ask whoever runs the mail server."));
        }
        catch (Exception exception) when (exception is CommandException or ArgumentException)
        {
            _findings.Add(new Finding("mail", Finding.Bad, Failures.Line(exception), $"Correct {path} (docs/mail.md)."));
        }
    }

    private async Task CheckUserAsync(CancellationToken cancellationToken)
    {
        UserSession? session = null;
        await TryAsync("keys and state", "Restore the home from a backup, or ask the operator of the CMA for a new enrolment file.", async () =>
        {
            session = await UserSession.OpenAsync(home, cancellationToken: cancellationToken).ConfigureAwait(false);
            return $"{session.Client.Certificates.Send.Count} send, {session.Client.Certificates.Receive.Count} receive certificates";
        }).ConfigureAwait(false);
        if (session is null)
        {
            return;
        }

        await using (session)
        {
            await ReachAsync($"CMA {session.Cma.Name}", () => session.Client.FetchAnnouncementsAsync(cancellationToken)).ConfigureAwait(false);
            var crl = session.Agent.FindCrl(PartyCard.ToCertificate(session.Cma.Certificate));
            _findings.Add(crl?.NextIssueAt is { } next && next > now
                ? new Finding("CRL", Finding.Ok, $"number {crl.Number} until {ShowText.Iso(next)}")
                : new Finding("CRL", Finding.Bad, "there is no current one, so that nothing can be sealed or opened", "Run 'cki user certs', or ask the operator of the CMA."));
        }
    }

    private async Task CheckAuthorityAsync(CancellationToken cancellationToken)
    {
        AuthorityHost? host = null;
        await TryAsync("keys and store", "Restore the home from a backup.", async () =>
        {
            host = await RunCommand.OpenAsync(home, log, cancellationToken).ConfigureAwait(false);
            var users = await host.Store.ListUsersAsync(cancellationToken).ConfigureAwait(false);
            return $"they belong together; the store is whole; {users.Count} users";
        }).ConfigureAwait(false);
        if (host is null)
        {
            return;
        }

        await using (host)
        {
            await TryAsync("certificate of the TLCMA", "Do what it says.", () =>
            {
                (host as CmaHost)?.RequireCertified();
                return Task.FromResult("not waited for");
            }).ConfigureAwait(false);
            await CheckCopyAsync(host, cancellationToken).ConfigureAwait(false);
            if (host is CmaHost cma)
            {
                await CheckListsAsync(cma, cancellationToken).ConfigureAwait(false);
            }

            await CheckPortAsync(cancellationToken).ConfigureAwait(false);
            foreach (var card in host.Routes.Cards)
            {
                await ReachAsync($"{card.Kind.ToUpperInvariant()} {card.Name}", async () => await host.Routes.Find(card.ToName().Canonical)!.NextAnnouncementAsync(false, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
    }

    // Where several machines serve, each has the keys of the home; what was made on one of them is missing until it is copied.
    private async Task CheckCopyAsync(AuthorityHost host, CancellationToken cancellationToken)
    {
        if (await host.Cards.FindOwnAsync(cancellationToken).ConfigureAwait(false) is not { } own)
        {
            return;
        }

        var signs = PartyCard.ToCertificate(own.Certificate).SubjectPublicKeyInfo;
        var lacking = host.Identity.Signers.All(signer => !signer.Certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signs.Span)) ? $"a {home.Configuration.Kind.ToUpperInvariant()} certificate"
            : !host.Identity.Party.Encryption.Certificate.Equals(PartyCard.ToCertificate(own.Encryption)) ? "the encryption certificate"
            : null;
        if (lacking is not null)
        {
            _findings.Add(new Finding("copy of the home", Finding.Bad, $"it lacks the key of {lacking} that was made on another machine", "Copy the home again from there (docs/stores.md), and restart."));
        }
    }

    private async Task CheckListsAsync(CmaHost cma, CancellationToken cancellationToken)
    {
        if (await cma.Authority.Administration.IsRevokedAsync(cancellationToken).ConfigureAwait(false))
        {
            _findings.Add(new Finding("CMA certificate", Finding.Bad, "the TLCMA has revoked it, so that nobody takes what is issued under it", $"{CmaHost.Advice(home)}."));
        }

        var large = await cma.Authority.Administration.ListLargeCrlsAsync(cancellationToken).ConfigureAwait(false);
        _findings.Add(large.Count == 0
            ? new Finding("CRL", Finding.Ok, "goes into a message")
            : new Finding("CRL", Finding.Bad, $"number {large[0].Number} has {large[0].Encoded.Length} octets and is sent to nobody, so that users cannot seal or open once they need a new one", "Let fewer certificates be revoked at a time: shorter validity, or a second domain."));
    }

    private async Task CheckPortAsync(CancellationToken cancellationToken)
    {
        var listen = home.Configuration.Listen!;
        try
        {
            var endPoint = await EndPoints.ResolveAsync(listen, "listen", cancellationToken).ConfigureAwait(false);
            using var probe = new TcpListener(endPoint);
            probe.Start();
            _findings.Add(new Finding("port", Finding.Ok, $"{listen} is free"));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            _findings.Add(new Finding("port", Finding.Ok, $"{listen} is in use, as by the running authority"));
        }
        catch (Exception exception) when (exception is SocketException or CommandException)
        {
            _findings.Add(new Finding("port", Finding.Bad, $"nobody can listen at {listen}: {exception.Message}", "Correct \"listen\" in home.json."));
        }
    }

    private async Task ReachAsync<T>(string check, Func<Task<T>> reach)
    {
        try
        {
            _ = await reach().ConfigureAwait(false);
            _findings.Add(new Finding(check, Finding.Ok, "is reached, and both sides know each other"));
        }
        catch (CkiTransportException exception)
        {
            _findings.Add(new Finding(check, Finding.Unreachable, exception.Message, exception.Fault == CkiTransportFault.NotAuthenticated ? "Exchange the cards anew." : "Start it, or say with --route how it is reached."));
        }
        catch (CkiProtocolException exception)
        {
            _findings.Add(new Finding(check, Finding.Bad, exception.Message, "Ask the operator of the other party."));
        }
    }

    private async Task TryAsync(string check, string remedy, Func<Task<string>> work)
    {
        try
        {
            _findings.Add(new Finding(check, Finding.Ok, await work().ConfigureAwait(false)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _findings.Add(new Finding(check, Finding.Bad, Failures.Line(exception), remedy));
        }
    }
}
