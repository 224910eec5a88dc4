using System.Net;

namespace CkiSdk.Transports.Kestrel.Tests.Http;

/// <summary>Holds HTTP/2 to what connections do that are open.</summary>
public sealed class Http2StandingTests : HttpStandingTests
{
    private protected override Version Version => HttpVersion.Version20;
}
