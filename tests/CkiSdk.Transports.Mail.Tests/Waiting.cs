namespace CkiSdk.Transports.Mail.Tests;

/// <summary>Waits for what must come.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> isSo)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !isSo();)
        {
            Assert.True(clock.Elapsed < Longest, $"it did not come within {Longest}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
