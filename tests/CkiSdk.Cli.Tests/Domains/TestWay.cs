namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is how the messages of two domains go in a test, where that is not TCP: then the authorities listen where no card says.</summary>
internal abstract class TestWay
{
    /// <summary>Gets the route by which an authority is reached, by the name of its home; null for what its card says.</summary>
    public abstract string? RouteTo(TwoDomains domains, string authority);

    /// <summary>Gets the route by which a user reaches his authority.</summary>
    public virtual string? RouteForUser(TwoDomains domains, string user, string authority) => RouteTo(domains, authority);

    /// <summary>Gets the options with which an authority runs.</summary>
    public abstract string[] Serve(TwoDomains domains, string authority);

    /// <summary>Gets where an authority listens; null for where its card says.</summary>
    public virtual string? Listen(string authority) => "127.0.0.1:0";
}
