namespace CkiSdk.Cli.Routes;

/// <summary>Is a way by which an authority is served now.</summary>
/// <param name="What">What the line of <c>run</c> about it begins with, and its name in JSON, such as <c>listening</c>.</param>
/// <param name="Place">Where.</param>
/// <param name="Listener">What serves, until it is disposed of.</param>
internal sealed record Served(string What, string Place, IAsyncDisposable Listener);
