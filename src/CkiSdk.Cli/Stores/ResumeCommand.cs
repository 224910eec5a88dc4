using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Pki;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Cli.Stores;

/// <summary>Is <c>cki resume</c>: an authority goes on whose store was set back by other means than <c>cki restore</c>.</summary>
internal static class ResumeCommand
{
    /// <summary>Creates <c>cki resume</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var home = HomeOptions.Home("the CMA or TLCMA, which is not at work");
        return new PkiVerb(
            "resume",
            "Says that the store of an authority was set back: its database restored from a backup, or its machine to a snapshot. Before it runs again, so that no number and no key that was given out since returns. 'cki restore' does this by itself.",
            "cki resume --home c") { home }
            .Does(output, error, async (parsed, cancellationToken) =>
            {
                var opened = Home.Open(parsed.GetValue(home)!, HomeKind.Cma, HomeKind.Tlcma);
                await using var store = await AuthorityStore.OpenAsync(opened, cancellationToken).ConfigureAwait(false);
                await store.ResumeAsync(opened.Name, TimeProvider.System.GetUtcNow(), "by 'cki resume'", cancellationToken).ConfigureAwait(false);
                var keys = await store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
                var retired = keys.Count(key => key.NotAfter > TimeProvider.System.GetUtcNow());
                var json = new JsonObject { ["name"] = opened.Configuration.Name, ["store"] = AuthorityStore.PlaceOf(opened), ["retiredKeys"] = retired };
                var keysOfCma = opened.Configuration.Kind == HomeKind.Cma ? $"retired     {retired} interoperability keys: others take their place before anything is issued\n" : "";
                return new PkiResult(json, $"{opened.Configuration.Name}\nstore       {AuthorityStore.PlaceOf(opened)}\n{keysOfCma}next        repeat what was done since the state of before: users added, revoked and restored, parties added; then run it\n");
            });
    }
}
