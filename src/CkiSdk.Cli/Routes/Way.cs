using System.CommandLine;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Routes;

/// <summary>Is a way that messages go: how routes of it are written, and how an authority is served by it.</summary>
internal abstract class Way
{
    /// <summary>Gets all ways. HOST:PORT is the last one, because it has no scheme.</summary>
    public static IReadOnlyList<Way> All { get; } = [new HttpWay(), new FileWay(), new FtpWay(), new MailWay(), new TcpWay()];

    /// <summary>Gets how a route is written, with an example.</summary>
    public abstract string Form { get; }

    /// <summary>Reads a route.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <returns>The route; null where it is none of this way.</returns>
    /// <exception cref="CommandException">It is one of this way, and wrong.</exception>
    public abstract Route? Read(string text, string place);

    /// <summary>Creates the option of <c>run</c> by which an authority is served.</summary>
    public abstract Option<string?> CreateOption();

    /// <summary>Gets what is served without the option; null for nothing.</summary>
    /// <param name="configuration">The configuration of the home.</param>
    public virtual string? Usual(HomeConfiguration configuration) => null;

    /// <summary>Serves an authority.</summary>
    /// <param name="serving">The authority.</param>
    /// <param name="value">The value of the option.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CommandException">The value is wrong, or cannot be used.</exception>
    public abstract Task<Served> ServeAsync(Serving serving, string value, CancellationToken cancellationToken);
}
