using System.Diagnostics;

namespace CkiSdk.Benchmarks.Load;

/// <summary>Puts a steady load on a CMA: each request goes out at its time, whether those before are answered or not.</summary>
internal static class PacedLoad
{
    /// <summary>Runs and finds the time within which 99 of a hundred requests are answered.</summary>
    /// <param name="server">Answers.</param>
    /// <param name="perSecond">How many requests go out in a second.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="request">Makes the request of a user, before it is due.</param>
    /// <returns>The 99th percentile by nearest rank in milliseconds, from when a request was due, however late it went out, to when its whole answer was there.</returns>
    public static double Percentile99(LoadServer server, double perSecond, double seconds, Func<int, ReadOnlyMemory<byte>> request)
    {
        var count = (int)Math.Ceiling(perSecond * seconds);
        var answers = new Task<(double Milliseconds, ReadOnlyMemory<byte> Answer)>[count];

        // The calling thread does nothing else: a timer and a thread of the pool that takes its turn are up to 6 ms late, which is no time of the CMA's.
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < count; number++)
        {
            var (octets, due) = (request(number), number / perSecond);
            while (due - clock.Elapsed.TotalSeconds is var early and > 0) Thread.Sleep(Math.Max(1, (int)(early * 1000)));
            answers[number] = Ask(server, number, octets, clock, due);
        }

        var answered = Task.WhenAll(answers).GetAwaiter().GetResult();
        Array.ForEach(answered, each => LoadDomain.RequireGranted(each.Answer));
        return answered.Select(each => each.Milliseconds).Order().ElementAt((int)Math.Ceiling(count * 0.99) - 1);
    }

    private static async Task<(double Milliseconds, ReadOnlyMemory<byte> Answer)> Ask(LoadServer server, int number, ReadOnlyMemory<byte> request, Stopwatch clock, double due)
    {
        var answer = await server.Exchange(number, request);
        return ((clock.Elapsed.TotalSeconds - due) * 1000, answer);
    }
}
