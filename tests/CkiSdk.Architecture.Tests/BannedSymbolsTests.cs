using System.Reflection;
using CkiSdk.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Architecture.Tests;

/// <summary>Shows that the bans are wired, that each names a symbol that exists, and that the analyzer reports a use.</summary>
public sealed class BannedSymbolsTests
{
    [Theory]
    [InlineData("CkiSdk.Crypto", BannedSymbols.General)]
    [InlineData("CkiSdk.Pki", BannedSymbols.General)]
    [InlineData("CkiSdk.Pki", BannedSymbols.Randomness)]
    [InlineData("CkiSdk.Protocol", BannedSymbols.General)]
    [InlineData("CkiSdk.Protocol", BannedSymbols.Randomness)]
    public void Project_Takes_TheList(string project, string list) => Assert.True(BannedSymbols.IsWired(project, list));

    [Theory]
    [InlineData(BannedSymbols.General)]
    [InlineData(BannedSymbols.Randomness)]
    public void Entries_Name_SymbolsThatExist(string list)
    {
        var unknown = BannedSymbols.Entries(list).Where(id => DocumentationCommentId.GetSymbolsForDeclarationId(id, BannedSymbols.Compilation).IsEmpty);
        Violations.None(unknown);
    }

    [Theory]
    [InlineData("a socket", "new System.Net.Sockets.TcpClient()")]
    [InlineData("HTTP", "new System.Net.Http.HttpClient()")]
    [InlineData("a file", "System.IO.File.ReadAllBytes(\"x\")")]
    [InlineData("the clock", "System.DateTime.UtcNow")]
    [InlineData("the clock with an offset", "System.DateTimeOffset.Now")]
    [InlineData("the machine's time provider", "System.TimeProvider.System")]
    [InlineData("ticks", "System.Environment.TickCount64")]
    [InlineData("static randomness", "System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)")]
    [InlineData("weak randomness", "new System.Random()")]
    [InlineData("a random GUID", "System.Guid.NewGuid()")]
    [InlineData("a delay by the machine's clock", "System.Threading.Tasks.Task.Delay(1)")]
    public async Task Analyzer_Reports_TheUse(string description, string expression)
    {
        var found = await Analyze(expression);
        Assert.True(found.Any(diagnostic => diagnostic.Id == "RS0030"), description);
    }

    [Fact]
    public async Task Analyzer_Accepts_ADelayByATimeProvider() =>
        Assert.Empty(await Analyze("System.Threading.Tasks.Task.Delay(System.TimeSpan.Zero, (System.TimeProvider)null)"));

    private static async Task<IEnumerable<Diagnostic>> Analyze(string expression)
    {
        var source = $"class Probe {{ object Use() => {expression}; }}";
        var compilation = BannedSymbols.Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var options = new AnalyzerOptions([new ListFile(BannedSymbols.General), new ListFile(BannedSymbols.Randomness)]);
        return await compilation.WithAnalyzers([Analyzer()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    // The analyzer is taken from the package that the projects reference.
    private static DiagnosticAnalyzer Analyzer()
    {
        var package = typeof(BannedSymbolsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "BannedApiAnalyzers").Value!;
        var folder = Path.Combine(package, "analyzers", "dotnet", "cs");
        Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.BannedApiAnalyzers.dll"));
        var type = Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll")).GetTypes()
            .Single(candidate => candidate.Name == "CSharpSymbolIsBannedAnalyzer");
        return (DiagnosticAnalyzer)Activator.CreateInstance(type)!;
    }

    private sealed class ListFile(string list) : AdditionalText
    {
        public override string Path => Repository.PathOf(list);

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(Repository.ReadText(list));
    }
}
