using System.Reflection;
using System.Text.RegularExpressions;
using CkiSdk.TestSupport;

namespace CkiSdk.Architecture.Tests;

/// <summary>Looks for circles between the folders (= namespaces) inside each assembly, in what the compiler made of the source.</summary>
/// <remarks>
/// The built assembly is asked, not the text: a using line says too little (it may serve a comment only) and too much (it opens a whole
/// namespace). What a compiler folds away, constants and nameof, is no dependency here. Generated ASN.1 types are left out: which of their
/// modules imports from which is decided by the standards.
/// </remarks>
public sealed partial class FolderTests
{
    // The run-time is one vocabulary: its folders are drawers, not namespaces (docs/architecture.md).
    private const string OneNamespace = "CkiSdk.Asn1";

    public static TheoryData<string> Projects =>
        [.. Checkout.ProjectsBelow("src").Concat(Checkout.ProjectsBelow("generators")).Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != "CkiSdk.Asn1.Modules")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_Have_NoCircle(string project)
    {
        var assembly = Assembly.Load(project == "CkiSdk.Cli" ? "cki" : project);
        var uses = (
            from type in assembly.GetTypes()
            from used in TypeUses.Of(type)
            where used.Assembly == assembly && NamespaceOf(used) != NamespaceOf(type) && NamespaceOf(type).Length > 0 && NamespaceOf(used).Length > 0
            group (type, used) by (From: NamespaceOf(type), To: NamespaceOf(used))).ToDictionary(group => group.Key, group => group.First());
        var circle = Circles.Find(uses.Keys.Select(edge => edge.From).Distinct(), from => uses.Keys.Where(edge => edge.From == from).Select(edge => edge.To));
        Assert.True(circle is null, $"{circle}\n{string.Join('\n', uses.Select(use => $"{use.Key.From} -> {use.Key.To}: {use.Value.type.Name} uses {use.Value.used.Name}"))}");
    }

    [Fact]
    public void Namespaces_Follow_Folders()
    {
        var wrong =
            from file in Checkout.SourcesBelow("src").Concat(Checkout.SourcesBelow("generators"))
            let parts = file.Split('/')
            let expected = parts[1] == OneNamespace ? OneNamespace : string.Join('.', parts[1..^1])
            let actual = NamespacePattern().Match(Repository.ReadText(file)).Groups[1].Value
            where actual.Length > 0 && actual != expected && !IsForOlderFrameworks(actual)
            select $"{file}: namespace {actual}, the folders say {expected}";
        Violations.None(wrong);
    }

    // Types that netstandard2.0 lacks and the compiler asks for stand under their own names.
    private static bool IsForOlderFrameworks(string name) => name.StartsWith("System.", StringComparison.Ordinal);

    // Empty for top-level statements and for what the compiler adds to the assembly: they lie in no folder.
    private static string NamespaceOf(Type type) => type.Namespace ?? "";

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();
}
