namespace CkiSdk.Architecture.Tests;

/// <summary>Turns a list of violations into a verdict.</summary>
internal static class Violations
{
    /// <summary>Fails with one line for each violation when there is any.</summary>
    public static void None(IEnumerable<string> violations)
    {
        var lines = violations.Distinct().ToArray();
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }
}
