using CkiSdk.TestSupport;

namespace CkiSdk.Transports.Tests.Faults;

/// <summary>What both parts of the list of faults need. The files are part of each test project that has a transport.</summary>
public abstract class FaultContract
{
    private const int MostTries = 400;

    /// <summary>What the party says about its own faults, which is for nobody else.</summary>
    private protected const string Secret = "the disk of the party is full";

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Asks until there is an answer, as every caller does, and requires of what happens between that trying again makes sense, unless somebody has changed octets.</summary>
    private protected static async Task<byte[]> AskAsync(ICkiTransport client, byte[] request, string where = "", bool isAttack = false)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var answer = await client.ExchangeAsync(request, Cancel);
                Assert.True(answer.Refusal is null, $"{where}: {answer.Refusal}");
                return answer.Message!.Value.ToArray();
            }
            catch (CkiTransportException exception)
            {
                Assert.True(isAttack || exception.Fault is CkiTransportFault.Cut or CkiTransportFault.Unreachable or CkiTransportFault.TimedOut, $"{where}: {exception.Fault}, {exception}");
                Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
                Assert.True(tries < MostTries, $"{where}: {exception}");
                await Task.Delay(Math.Min(10 * tries, 100), Cancel);
            }
        }
    }

    /// <summary>Asks once, and returns what was thrown instead of an answer.</summary>
    private protected static async Task<CkiTransportException?> TryAsync(ICkiTransport client, byte[] request)
    {
        try
        {
            await client.ExchangeAsync(request, Cancel);
            return null;
        }
        catch (CkiTransportException exception)
        {
            return exception;
        }
    }

    /// <summary>Requires that nobody was done anything for but those who asked, and that the party serves on.</summary>
    private protected static async Task AssertServesOnAsync(FaultyWay way, params byte[][] requests)
    {
        var last = OnceParty.NewRequest();
        await using (var client = await way.ConnectAsideAsync())
        {
            var answer = await AskAsync(client, last, "afterwards");
            Assert.Equal(way.Party.AnswerTo(last), answer);
        }

        Assert.Equal(requests.Append(last).Select(Convert.ToHexString).Order(), way.Party.Done.Select(Convert.ToHexString).Order());
    }

    /// <summary>Takes so many of the numbers below a length, evenly, and all of them in the long run.</summary>
    private protected static IEnumerable<int> Spread(long length, int usual)
    {
        var count = LongRun.Enabled ? length : Math.Min(length, usual);
        for (var i = 0L; i < count; i++) yield return (int)(i * length / count);
    }
}
