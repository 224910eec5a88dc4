using CkiSdk.TestSupport;

namespace CkiSdk.Pki.Tests.Exchange;

/// <summary>Runs the sample that the README quotes: two processes.</summary>
public sealed class SampleTests
{
    [Fact]
    public void Sample_Exchanges_AThousandMessagesBothWays()
    {
        // The sample is built beside this project, in the same configuration.
        var output = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)[^2..];
        var result = ExternalProgram.RunOk("dotnet", [Repository.PathOf($"samples/SecureExchange/bin/{output[0]}/{output[1]}/SecureExchange.dll")]);
        Assert.Equal(
            ["alice: 1000 messages sent, 1000 received", "alice: the second before the first: OutOfOrder", "alice: the first, after that: Closed"],
            result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
