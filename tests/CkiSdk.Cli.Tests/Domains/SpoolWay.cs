namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Lets all messages go as files: each authority serves a spool of its own.</summary>
internal sealed class SpoolWay : TestWay
{
    public override string RouteTo(TwoDomains domains, string authority) => $"file:{PathOf(domains, authority)}";

    public override string[] Serve(TwoDomains domains, string authority) => ["--spool", PathOf(domains, authority)];

    public static string PathOf(TwoDomains domains, string authority) => domains.PathOf($"spool-{authority}");
}
