using System.Text;

namespace CkiSdk.Architecture.Tests;

/// <summary>Shows that the means of the architecture tests find what they look for.</summary>
public sealed class FinderTests
{
    [Theory]
    [InlineData("no edge", "a b", null)]
    [InlineData("a line", "a>b b>c a>c", null)]
    [InlineData("two that use each other", "a>b b>a", "a -> b -> a")]
    [InlineData("a circle behind a line", "a>b b>c c>d d>b", "b -> c -> d -> b")]
    public void Find_Gives_TheCircle(string description, string edges, string? expected)
    {
        var pairs = edges.Split(' ').Select(edge => edge.Split('>')).ToArray();
        var circle = Circles.Find(pairs.Select(pair => pair[0]), node => pairs.Where(pair => pair.Length == 2 && pair[0] == node).Select(pair => pair[1]));
        Assert.True(expected == circle, $"{description}: {circle}");
    }

    [Theory]
    [InlineData(typeof(StringBuilder), "constructed in a method")]
    [InlineData(typeof(Uri), "type of a field")]
    [InlineData(typeof(Version), "argument of a generic type of a parameter")]
    [InlineData(typeof(System.Diagnostics.DebuggerDisplayAttribute), "attribute")]
    [InlineData(typeof(IDisposable), "interface")]
    [InlineData(typeof(Path), "static call")]
    [InlineData(typeof(Guid), "argument of a generic method")]
    public void Of_Sees_TheUse(Type used, string description) => Assert.True(TypeUses.Of(typeof(Probe)).Contains(used), description);

    [Fact]
    public void Of_DoesNotSee_WhatIsNotUsed() => Assert.DoesNotContain(typeof(Random), TypeUses.Of(typeof(Probe)));

    [System.Diagnostics.DebuggerDisplay("only looked at")]
    private sealed class Probe : IDisposable
    {
        private readonly Uri _field = new("about:blank");

        public string Method(List<Version> versions) => new StringBuilder(Path.Combine(versions.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), "x")).Append(_field).Append(Array.Empty<Guid>().Length).ToString();

        public void Dispose()
        {
        }
    }
}
