namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Is how the messages of two domains go in a test, where that is not TCP: then the authorities listen where no card says.</summary>
internal abstract class TestWay
{
    /// <summary>Gets the route by which a party reaches an authority, by the names of their homes.</summary>
    public abstract string RouteTo(TwoDomains domains, string authority);

    /// <summary>Gets the options with which an authority runs.</summary>
    public abstract string[] Serve(TwoDomains domains, string authority);
}
