using CkiSdk.TestSupport;

namespace CkiSdk.Architecture.Tests;

/// <summary>Holds the file sizes of docs/architecture.md, "Names and sizes".</summary>
public sealed class SizeTests
{
    private static readonly (string File, int Lines)[] Sources =
        [.. Checkout.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Select(file => (file, File.ReadLines(Repository.PathOf(file)).Count()))];

    [Fact]
    public void Files_OfTheProduct_HaveAtMost400Lines() =>
        Violations.None(Sources.Where(source => source.Lines > 400 && (source.File.StartsWith("src/", StringComparison.Ordinal) || source.File.StartsWith("generators/", StringComparison.Ordinal)))
            .Select(source => $"{source.File}: {source.Lines} lines"));

    [Fact]
    public void Files_HaveAMedianOf_AtMost80Lines() => Assert.InRange(Quantile(0.5), 1, 80);

    [Fact]
    public void NineOfTenFiles_Have_AtMost200Lines() => Assert.InRange(Quantile(0.9), 1, 200);

    private static int Quantile(double share) => Sources.Select(source => source.Lines).Order().ElementAt((int)Math.Ceiling(share * Sources.Length) - 1);
}
