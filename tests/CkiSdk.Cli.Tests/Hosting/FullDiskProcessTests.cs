namespace CkiSdk.Cli.Tests.Hosting;

/// <summary>Lets a real CMA run until the operating system lets its files grow no more, as on a full disk: nothing acknowledged is lost, no serial number is given twice, and service resumes when there is room.</summary>
public sealed class FullDiskProcessTests
{
    private const int Clients = 3;
    private const int Room = 400; // KiB; some dozens of answers

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("while it runs")]
    [InlineData("before it starts again")]
    public async Task AFullDisk_Loses_NothingThatWasAcknowledged_AndServiceResumes(string roomReturns)
    {
        using var domain = await TestDomain.CreateAsync();
        var clients = Enumerable.Range(0, Clients).Select(_ => new LoadClient()).ToArray();
        var limit = (new FileInfo(domain.Database).Length / 1024) + Room;
        await using (var cma = await CmaProcess.StartAsync(domain.Path, fileLimit: limit))
        {
            // Each asks until it is not answered any more; and then nobody is.
            await Task.WhenAll(clients.Select(client => client.RunAsync(domain.Connect(cma.EndPoint, domain.A1))));
            Assert.All(clients, client => Assert.NotNull(client.Unanswered));
            await Task.WhenAll(clients.Select(client => client.RunAsync(domain.Connect(cma.EndPoint, domain.A1))));
            Assert.False(cma.HasEnded, "the CMA ended by itself");
            var before = clients.Sum(client => client.Answers.Count);
            Assert.True(before > Clients, $"only {before} answers before the disk was full");
            if (roomReturns == "while it runs")
            {
                cma.LiftLimit();
                var load = clients.Select(client => client.RunAsync(domain.Connect(cma.EndPoint, domain.A1))).ToArray();
                for (var attempt = 0; attempt < 600 && clients.Sum(client => client.Answers.Count) < before + 10; attempt++) await Task.Delay(100, Cancel);
                await cma.KillAsync();
                await Task.WhenAll(load);
                Assert.True(clients.Sum(client => client.Answers.Count) > before, "service does not resume");
            }
            else
            {
                await cma.KillAsync();
            }
        }

        await LoadClient.CheckStoreAsync(domain, await LoadClient.RepeatAsync(domain, clients));
    }
}
