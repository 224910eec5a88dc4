using CkiSdk.TestSupport;

namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Kills the CMA with SIGKILL at random moments under load: what it acknowledged is there afterwards, and no serial number was given twice.</summary>
public sealed class KillTests
{
    private const int Clients = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_Loses_NothingThatWasAcknowledged()
    {
        var random = new Random(829);
        using var domain = await TestDomain.CreateAsync();
        var clients = Enumerable.Range(0, Clients).Select(_ => new LoadClient()).ToArray();
        var rounds = LongRun.Count(4, 50);

        // On a busy machine a round may end before anybody was answered: then there are more of them.
        for (var round = 0; round < rounds || (round < 20 * rounds && clients.Sum(client => client.Answers.Count) <= 10 * rounds); round++)
        {
            await using var cma = await CmaProcess.StartAsync(domain.Path);
            var load = clients.Select(client => client.RunAsync(domain.Connect(cma.EndPoint, domain.A1))).ToArray();
            await Task.Delay(random.Next(300, 2000), Cancel);
            Assert.False(cma.HasEnded, "the CMA ended by itself");
            await cma.KillAsync();
            await Task.WhenAll(load);
        }

        var answers = await LoadClient.RepeatAsync(domain, clients);
        Assert.True(answers.Count > 10 * rounds, $"only {answers.Count} answers in {rounds} rounds");
        await LoadClient.CheckStoreAsync(domain, answers);
        TestContext.Current.TestOutputHelper!.WriteLine($"{rounds} kills, {answers.Count} answers, {clients.Sum(client => client.Repeated)} requests repeated unanswered");
    }
}
