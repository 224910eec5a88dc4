using System.Globalization;
using System.Text.RegularExpressions;
using CkiSdk.TestSupport;

namespace CkiSdk.Architecture.Tests;

/// <summary>Holds docs/conformance.md against Part 2: no paragraph is missing, and what it names is a test that runs.</summary>
public sealed partial class ConformanceTests
{
    private const string Page = "docs/conformance.md";

    private static readonly string[] Paragraphs =
    [
        .. Enumerable.Range(10, 130).Select(number => string.Create(CultureInfo.InvariantCulture, $"¶{number}")),
        .. Enumerable.Range(3, 14).Select(number => string.Create(CultureInfo.InvariantCulture, $"B.{number}")),
        .. Enumerable.Range(1, 25).Select(number => string.Create(CultureInfo.InvariantCulture, $"C.{number}")),
    ];

    private static readonly (string Paragraph, string ShownBy)[] Rows =
        [.. RowPattern().Matches(Repository.ReadText(Page)).Select(match => (match.Groups["paragraph"].Value, match.Groups["shown"].Value))];

    [Fact]
    public void EveryParagraph_HasARow_AndOneOnly()
    {
        Violations.None(Paragraphs.Except(Rows.Select(row => row.Paragraph)));
        Violations.None(Rows.GroupBy(row => row.Paragraph).Where(rows => rows.Count() > 1).Select(rows => rows.Key));
    }

    [Fact]
    public void EveryRow_NamesATest_OrIsInformative() => Violations.None(
        Rows.Where(row => !TestNamePattern().IsMatch(row.ShownBy) && !row.ShownBy.StartsWith("informative", StringComparison.Ordinal)).Select(row => row.Paragraph));

    [Fact]
    public void NothingIs_NotYet() => Assert.DoesNotContain("not yet", Repository.ReadText(Page), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void WhatIsNamed_IsRun()
    {
        var sources = Checkout.SourcesBelow("tests").Select(Repository.ReadText).ToArray();
        var names = TestNamePattern().Matches(Repository.ReadText(Page)).Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)).Distinct();
        Violations.None(names.Where(name => !IsRun(sources, name.Class, name.Method)).Select(name => $"{name.Class}.{name.Method}"));
    }

    // In the class or in one that it derives from, as the contracts of all transports are.
    private static bool IsRun(string[] sources, string name, string method) => Array.Exists(sources, source =>
        Declares(source, name) && (Runs(source, method) || (BaseOf(source, name) is { Length: > 0 } parent && IsRun(sources, parent, method))));

    private static string BaseOf(string source, string name) => Regex.Match(source, $@"\bclass {name}(?:\([^)]*\))? : (?<parent>\w+)", RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1)).Groups["parent"].Value;

    private static bool Declares(string source, string name) => Regex.IsMatch(source, $@"\bclass {name}\b", RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));

    // The attributes stand above the method; a test that is skipped is none.
    private static bool Runs(string source, string method)
    {
        var lines = source.Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains($" {method}(", StringComparison.Ordinal) && line.TrimStart().StartsWith("public ", StringComparison.Ordinal));
        var isTest = false;
        for (var above = at - 1; above >= 0 && lines[above].TrimStart().StartsWith('['); above--)
        {
            if (lines[above].Contains("Skip", StringComparison.Ordinal)) return false;
            isTest |= AttributePattern().IsMatch(lines[above]);
        }

        return isTest;
    }

    [GeneratedRegex(@"^\| (?<paragraph>¶\d+|[BC]\.\d+) \|[^|]*\| (?<shown>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"`(?<class>\w+(?:Tests|Properties))\.(?<method>\w+)`")]
    private static partial Regex TestNamePattern();

    [GeneratedRegex(@"\[(?:Fact|Theory|Property)\b")]
    private static partial Regex AttributePattern();
}
