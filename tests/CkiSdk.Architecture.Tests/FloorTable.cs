using System.Text.RegularExpressions;
using CkiSdk.TestSupport;

namespace CkiSdk.Architecture.Tests;

/// <summary>Reads the floor table of docs/architecture.md: <c>| floor | `Project` | holds | floors it may reference |</c>.</summary>
internal static partial class FloorTable
{
    /// <summary>Gets the rows by project name.</summary>
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        RowPattern().Matches(Repository.ReadText("docs/architecture.md")).ToDictionary(
            match => match.Groups["project"].Value,
            match => new Row(match.Groups["floor"].Value, [.. match.Groups["allowed"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));

    [GeneratedRegex(@"^\| (?<floor>\S+) \| `(?<project>CkiSdk[\w.]*)` \|[^|]*\| (?<allowed>[^|]*?) \|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    /// <summary>One project: the floor it is on, and the floors whose projects it may reference.</summary>
    internal sealed record Row(string Floor, IReadOnlyList<string> Allowed);
}
