using System.Xml.Linq;
using CkiSdk.TestSupport;

namespace CkiSdk.Architecture.Tests;

/// <summary>Holds the floor table of docs/architecture.md against the ProjectReferences of the project files.</summary>
public sealed class FloorTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> References =
        Checkout.ProjectsBelow("src").Concat(Checkout.ProjectsBelow("generators")).ToDictionary(NameOf, ReferencesOf);

    [Fact]
    public void Table_Lists_EveryProject() =>
        Assert.Equal(References.Keys.Order(StringComparer.Ordinal), FloorTable.Rows.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void References_Go_OnlyToAllowedFloors()
    {
        var wrong =
            from project in References
            from target in project.Value
            where !FloorTable.Rows[project.Key].Allowed.Contains(FloorTable.Rows[target].Floor)
            select $"{project.Key} (floor {FloorTable.Rows[project.Key].Floor}) references {target} (floor {FloorTable.Rows[target].Floor})";
        Violations.None(wrong);
    }

    [Fact]
    public void Leaves_AreReferenced_OnlyByCompositionRoots()
    {
        var wrong =
            from project in References
            from target in project.Value
            where FloorTable.Rows[target].Floor == "leaf" && FloorTable.Rows[project.Key].Floor != "7"
            select $"{project.Key} references the leaf {target}";
        Violations.None(wrong);
    }

    [Fact]
    public void References_Have_NoCircle() =>
        Assert.Null(Circles.Find(References.Keys, project => References[project]));

    [Fact]
    public void TestSupport_References_NothingOfOurs() =>
        Assert.Empty(ReferencesOf("tests/CkiSdk.TestSupport/CkiSdk.TestSupport.csproj"));

    [Fact]
    public void TestProjects_AreNamedAfter_AProject()
    {
        string[] withoutProject = ["CkiSdk.TestSupport", "CkiSdk.Architecture.Tests", "CkiSdk.Corpora"];
        var wrong = Checkout.ProjectsBelow("tests").Select(NameOf).Except(withoutProject)
            .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal) || !References.ContainsKey(name[..^".Tests".Length]));
        Violations.None(wrong);
    }

    [Fact]
    public void Solution_Holds_EveryProject()
    {
        var solution = Repository.ReadText("CkiSdk.sln").Replace('\\', '/');
        Violations.None(Checkout.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains($"\"{file}\"", StringComparison.Ordinal)));
    }

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    private static IReadOnlyList<string> ReferencesOf(string project) =>
        [.. XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference").Select(element => NameOf(element.Attribute("Include")!.Value.Replace('\\', '/')))];
}
