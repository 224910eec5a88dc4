using System.Net;
using System.Net.Security;
using CkiSdk.TestSupport.Wires;
using CkiSdk.Transports.Kestrel.Tests.Tcp;
using CkiSdk.Transports.Tests.Faults;

namespace CkiSdk.Transports.Kestrel.Tests.Faults;

/// <summary>Is a party that listens, with a wire to it. Clients connect to it for what they ask.</summary>
/// <param name="party">The party.</param>
/// <param name="listener">What listens.</param>
/// <param name="address">Where.</param>
internal abstract class ConnectedWay(OnceParty party, IAsyncDisposable listener, IPEndPoint address) : MessageWay(party)
{
    private readonly CuttingProxy _wire = new(address);

    public override IReadOnlyList<CuttingProxy> Wires => [_wire];

    public override ValueTask<ICkiTransport> ConnectAsync() => ValueTask.FromResult(Connect(_wire.EndPoint));

    public override ValueTask<ICkiTransport> ConnectAsideAsync() => ValueTask.FromResult(Connect(address));

    // The last octets of the request do not arrive, or its answer finds the connection cut.
    public override async Task LoseAsync(bool isRequest, Func<Task> ask)
    {
        if (isRequest)
        {
            var length = 0L;
            Party.Before = (_, _) =>
            {
                length = _wire.Passed(WireDirection.ToServer);
                return Task.CompletedTask;
            };
            await using (var client = await ConnectAsync()) await client.ExchangeAsync(OnceParty.NewRequest(), TestContext.Current.CancellationToken);
            (Party.Before, Party.After) = ((_, _) => Task.CompletedTask, _ => Task.CompletedTask);
            Party.Forget();
            _wire.CutAll();
            _wire.Heal();

            // Signatures of a handshake are a few octets longer or shorter each time, and HTTP/2 may say something of its own behind the request.
            _wire.CutAfter(WireDirection.ToServer, length - 60);
            await ask();
            Assert.Equal(1, _wire.Faults);
            return;
        }

        Party.After = _ =>
        {
            _wire.CutAll();
            return Task.CompletedTask;
        };
        await ask();
        Party.After = _ => Task.CompletedTask;
    }

    public override async Task InjectAsync(byte[] octets)
    {
        await using var client = await RawClient.AuthenticateAsync(address);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await client.SendAsync(octets);
            await ((SslStream)client.Stream).ShutdownAsync();
            while (await client.Stream.ReadAsync(new byte[4096], patience.Token) > 0)
            {
                // What the listener says to it is another test's business.
            }
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested))
        {
            // It has closed, or waits for the rest.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        await listener.DisposeAsync();
    }

    protected abstract ICkiTransport Connect(IPEndPoint server);
}
