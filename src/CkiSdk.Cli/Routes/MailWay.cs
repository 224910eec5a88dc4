using System.CommandLine;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;
using CkiSdk.Transports.Mail;
using CkiSdk.Transports.Mail.Mime;

namespace CkiSdk.Cli.Routes;

/// <summary>Is the way by mail, in which messages are signed and encrypted as S/MIME: mailto:ADDRESS, sent from the account in <c>mail.json</c> of the home, or mailto:ADDRESS?account=FILE.</summary>
internal sealed class MailWay : Way
{
    private const string Scheme = "mailto:";
    private const string Account = "?account=";

    /// <inheritdoc/>
    public override string Form => $"mailto:ADDRESS, such as mailto:cma@a.example, by the account in {MailSettings.FileName} of the home, or mailto:ADDRESS{Account}FILE by another one";

    /// <summary>Finds the account by which a home reaches others by mail.</summary>
    /// <param name="home">The home.</param>
    /// <returns>The file with its settings; null where the home has none.</returns>
    public static string? AccountOf(Home home)
    {
        var (_, named) = Split(home.Configuration.Route ?? "");
        var usual = home.PathOf(MailSettings.FileName);
        return named ?? (File.Exists(usual) ? usual : null);
    }

    /// <inheritdoc/>
    public override Route? Read(string text, string place)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var (address, file) = Split(text);
        if (!MailAddress.IsUsable(address))
        {
            throw CommandException.Usage($"{place}: '{text}' names no address of mail; write {Form}.");
        }

        return file is { Length: 0 } ? throw CommandException.Usage($"{place}: '{text}' names no file; write {Form}.") : new MailRoute(address, file is null ? null : MailAccountFile.Read(file).FullPath);
    }

    /// <inheritdoc/>
    public override Option<string?> CreateOption() =>
        new("--mail") { Description = "The settings of an account of mail to serve besides (docs/mail.md): messages come to its address, signed and encrypted as S/MIME.", HelpName = "FILE" };

    /// <inheritdoc/>
    public override async Task<Served> ServeAsync(Serving serving, string value, CancellationToken cancellationToken)
    {
        var file = MailAccountFile.Read(value);
        var account = file.Open(serving.Cms(), serving.Log);
        try
        {
            await MailListener.StartAsync(serving.Server, account, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (CkiTransportException exception) when (exception.Fault != CkiTransportFault.NotAuthenticated)
        {
            // Mail waits until its server is there again; the other ways are served meanwhile, and the log has said so.
        }
        catch (Exception exception)
        {
            await account.DisposeAsync().ConfigureAwait(false);
            throw exception is CkiTransportException ? new CommandException(ExitCodes.Transport, $"The account of {value} cannot be used: {exception.Message}", exception) : exception;
        }

        return new Served("mail", account.Address, account);
    }

    private static (string Address, string? File) Split(string route)
    {
        var text = route.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? route[Scheme.Length..] : "";
        return text.IndexOf(Account, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? (text[..at], text[(at + Account.Length)..]) : (text, null);
    }

    private sealed record MailRoute(string Address, string? File) : Route(Scheme + Address + (File is null ? "" : Account + File))
    {
        public override ICkiTransport Connect(Reach reach)
        {
            var account = MailAccountFile.Read(File ?? reach.Home.PathOf(MailSettings.FileName)).Open(reach.Cms());
            var options = new MailTransportOptions { ServerAddress = Address, ServerCertificate = reach.Encryption, EndsAccount = true };
            return new MailTransport(account, reach.Patience is { } patience ? options with { AnswerTimeout = patience } : options);
        }
    }
}
