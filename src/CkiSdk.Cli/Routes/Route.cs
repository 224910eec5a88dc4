using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Routes;

/// <summary>Says how a party is reached: a ROUTE of the command line, such as <c>cma.example:829</c> or <c>file:/var/spool/cki-a</c>.</summary>
/// <param name="Text">The route as it is written down: without a secret, and the same wherever the program is started.</param>
internal abstract record Route(string Text)
{
    /// <summary>Reads a route.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="CommandException">It is none.</exception>
    public static Route Parse(string text, string place)
    {
        foreach (var way in Way.All)
        {
            if (way.Read(text, place) is { } route)
            {
                return route;
            }
        }

        throw CommandException.Usage($"{place}: '{text}' is no route. Write {Forms}.");
    }

    /// <summary>Gets how routes are written, all ways in one line.</summary>
    public static string Forms => string.Join(", or ", Way.All.Select(way => way.Form));

    /// <summary>Goes this way.</summary>
    /// <param name="reach">Who goes to whom.</param>
    /// <returns>The transport. Nothing is connected yet: what is wrong with the way itself, its first use tells.</returns>
    /// <exception cref="CommandException">Something in the home that this way needs is missing or cannot be used.</exception>
    public abstract ICkiTransport Connect(Reach reach);

    /// <inheritdoc/>
    public sealed override string ToString() => Text;
}
