using CkiSdk.TestSupport.Mail;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Runs one set of mail servers for the tests of a class; each party has an address that nobody else has.</summary>
public sealed class MailServersFixture : IAsyncLifetime
{
    public MailSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() => System = await MailSystem.StartAsync();

    public ValueTask DisposeAsync() => System.DisposeAsync();
}
