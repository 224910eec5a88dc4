using CkiSdk.Cli.Tests.Hosting;
using CkiSdk.Transports.Tcp;

namespace CkiSdk.Cli.Tests.Stores;

/// <summary>Asks one of two processes for one certificate after the other, and goes on with the other process where one dies, with the octets of the request that it had there.</summary>
internal sealed class FailoverClient(TestDomain domain, Pair pair, int preferred)
{
    /// <summary>Gets what was asked and answered.</summary>
    public List<(byte[] Request, byte[] Body)> Answers { get; } = [];

    /// <summary>Gets how many requests were under way at a process when it was killed; each was answered by the other afterwards.</summary>
    public int InFlight { get; private set; }

    /// <summary>Gets what else went wrong: each exchange with a living process that was not answered.</summary>
    public List<Exception> Errors { get; } = [];

    /// <summary>Asks until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        TcpCkiTransport? transport = null;
        Pair.Member? member = null;
        while (!stop.IsCancellationRequested)
        {
            var request = TestDomain.Request(TestDomain.A1Name).Encode();
            while (true)
            {
                if (member != pair.Choose(preferred) || transport is null)
                {
                    if (transport is not null) await transport.DisposeAsync();
                    member = pair.Choose(preferred);
                    transport = domain.Connect(member.Process.EndPoint, domain.A1);
                }

                try
                {
                    Answers.Add((request, await LoadClient.AskAsync(transport, request)));
                    break;
                }
                catch (CkiTransportException exception)
                {
                    if (member.IsKilled) InFlight++;
                    else Errors.Add(exception);
                    await transport.DisposeAsync();
                    transport = null;
                }
            }
        }

        if (transport is not null) await transport.DisposeAsync();
    }
}
