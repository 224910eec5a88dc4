using System.Text.RegularExpressions;
using CkiSdk.TestSupport;

namespace CkiSdk.Architecture.Tests;

/// <summary>Holds the rules for names and for what a source file may contain.</summary>
public sealed partial class NameTests
{
    private static readonly string[] Handwritten = ["src", "generators", "tests", "fuzz", "benchmarks", "samples"];

    /// <summary>The names that the standards give, such as PKIStatusInfo; they are the terms of the field.</summary>
    private static readonly HashSet<string> StandardNames =
        [.. Checkout.Files.Where(file => file.EndsWith(".asn1", StringComparison.Ordinal))
            .SelectMany(file => AssignmentPattern().Matches(Repository.ReadText(file))).Select(match => match.Groups[1].Value.Replace("-", "", StringComparison.Ordinal))];

    [Fact]
    public void Types_AvoidEmptyWords()
    {
        var wrong =
            from file in Handwritten.SelectMany(Checkout.SourcesBelow)
            from name in TypePattern().Matches(Repository.ReadText(file)).Select(match => match.Groups["name"].Value).Append(Path.GetFileNameWithoutExtension(file).Split('.')[0])
            where EmptyWordPattern().IsMatch(name) && !StandardNames.Contains(name)
            select $"{file}: {name}";
        Violations.None(wrong);
    }

    [Fact]
    public void Files_OfSrc_HoldOnePublicType()
    {
        var wrong =
            from file in Checkout.SourcesBelow("src")
            let names = PublicTypePattern().Matches(Repository.ReadText(file)).Select(match => match.Groups["name"].Value).Distinct().ToArray()
            where names.Length > 1
            select $"{file}: {string.Join(", ", names)}";
        Violations.None(wrong);
    }

    [Fact]
    public void Files_OfSrc_AreNamedAfterTheirType()
    {
        var wrong =
            from file in Checkout.SourcesBelow("src")
            let name = Path.GetFileNameWithoutExtension(file).Split('.')[0]
            let types = TypePattern().Matches(Repository.ReadText(file)).Select(match => match.Groups["name"].Value).ToArray()
            where types.Length > 0 && !types.Contains(name)
            select $"{file}: {string.Join(", ", types)}";
        Violations.None(wrong);
    }

    [Fact]
    public void Sources_HoldNothingUnfinished()
    {
        // Put together here, so that this file does not hold the words itself.
        string[] words = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];
        var wrong =
            from file in Checkout.TextFiles.Where(file => Handwritten.Contains(file.Split('/')[0]))
            from word in words
            where Repository.ReadText(file).Contains(word, StringComparison.Ordinal)
            select $"{file}: {word}";
        Violations.None(wrong);
    }

    [GeneratedRegex(@"^([A-Z][\w-]*)\s*(\{[^}]*\}\s*)?::=", RegexOptions.Multiline)]
    private static partial Regex AssignmentPattern();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|file|static|abstract|sealed|readonly|ref|partial|unsafe)\s+)+(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^public\s+(?:(?:static|abstract|sealed|readonly|ref|partial|unsafe)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>?\[\]., ]+?)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicTypePattern();

    [GeneratedRegex("(Helpers?|Utils?|Utility|Utilities|Managers?|Common|Info|Data)$")]
    private static partial Regex EmptyWordPattern();
}
