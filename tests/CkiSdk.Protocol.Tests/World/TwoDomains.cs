namespace CkiSdk.Protocol.Tests.World;

/// <summary>Sets up what tests of exchanges between domains begin with: two domains that share a key, with a user each.</summary>
public abstract class TwoDomains : IAsyncLifetime
{
    /// <summary>Gets the present at the beginning.</summary>
    protected static DateTimeOffset Now => TestDomain.Now;

    private protected TestWorld World { get; private set; } = null!;

    private protected TestCma A { get; private set; } = null!;

    private protected TestCma B { get; private set; } = null!;

    private protected TestAgent A1 { get; private set; } = null!;

    private protected TestAgent B1 { get; private set; } = null!;

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        World = await TestWorld.Create();
        A = await World.Add("A", Configure);
        B = await World.Add("B", Configure);
        await ShareAsync();
        (A1, B1) = (await A.Enrol("CN=A1,O=Domain A,C=GB"), await B.Enrol("CN=B1,O=Domain B,C=GB"));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        World.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Changes how the CMAs are configured.</summary>
    private protected virtual Options.CmaOptions Configure(Options.CmaOptions options) => options;

    /// <summary>Gives the domains the key that they share, if the test does not do so itself.</summary>
    private protected virtual async Task ShareAsync() => await TestWorld.Share(A, B, Now.AddDays(-1), Now.AddDays(400));
}
