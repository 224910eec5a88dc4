using System.CommandLine;
using CkiSdk.Cli.Invocation;
using CkiSdk.Transports.Spool;

namespace CkiSdk.Cli.Routes;

/// <summary>Is the way through the folders of a spool, in which messages are files, signed and encrypted as CMS: file:DIR.</summary>
internal sealed class FileWay : Way
{
    private const string Scheme = "file:";

    /// <inheritdoc/>
    public override string Form => "file:DIR, the folder of a spool, such as file:/var/spool/cki-a";

    /// <inheritdoc/>
    public override Route? Read(string text, string place)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var folder = text[Scheme.Length..];
        if (folder.StartsWith("//", StringComparison.Ordinal))
        {
            folder = folder.StartsWith("///", StringComparison.Ordinal) ? folder[2..] : throw CommandException.Usage($"{place}: '{text}' names a folder of another machine; write file:DIR for one of this machine.");
        }

        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0', StringComparison.Ordinal))
        {
            throw CommandException.Usage($"{place}: '{text}' names no folder; write {Form}.");
        }

        return new FileRoute(Path.GetFullPath(folder));
    }

    /// <inheritdoc/>
    public override Option<string?> CreateOption() =>
        new("--spool") { Description = "A folder to serve besides: messages as files, signed and encrypted as CMS, in its folder 'in'; answers in 'out'.", HelpName = "DIR" };

    /// <inheritdoc/>
    public override async Task<Served> ServeAsync(Serving serving, string value, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw CommandException.Usage("--spool names no folder.");
        }

        try
        {
            var options = new SpoolListenerOptions { Place = new SpoolFolder(value), Identity = serving.Cms(), LoggerFactory = serving.Log };
            return new Served("spool", Path.GetFullPath(value), await SpoolListener.StartAsync(serving.Server, options, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Transport, $"The spool {value} cannot be used: {exception.Message}", exception);
        }
    }

    private sealed record FileRoute(string Folder) : Route(Scheme + Folder)
    {
        public override ICkiTransport Connect(Reach reach)
        {
            var options = new SpoolTransportOptions { Place = new SpoolFolder(Folder), Identity = reach.Cms(), ServerCertificate = reach.Encryption };
            return new SpoolTransport(reach.Patience is { } patience ? options with { AnswerTimeout = patience } : options);
        }
    }
}
