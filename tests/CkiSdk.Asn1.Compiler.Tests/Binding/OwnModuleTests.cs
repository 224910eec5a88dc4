using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Keeps the models of the project's own modules: a change of names, types or tags shows in a snapshot.</summary>
public sealed class OwnModuleTests
{
    private static readonly LinkResult Result = Linker.Link(
        Directory.GetFiles(Repository.PathOf("asn1"), "*.asn1").Order(StringComparer.Ordinal).Select(file => Parser.Parse(new SourceText(file, File.ReadAllText(file)))), "T");

    public static TheoryData<string> Modules => [.. Result.Modules.Select(module => module.Name)];

    [Fact]
    public void Modules_HaveNoFault() => Assert.Empty(Result.Diagnostics.Where(fault => fault.Code is not (DiagnosticCodes.UnusedImport or DiagnosticCodes.Shadowed)));

    [Theory]
    [MemberData(nameof(Modules))]
    public void Module_HasModel(string name)
    {
        var module = Result.Modules.Single(module => module.Name == name);
        var lines = module.Types.Select(type => $"{type.Name}{(type is ValuesModel ? "\n" : " ")}{ModelText.Of(type)}");
        Snapshot.Match(string.Join('\n', lines).Replace("global::T.", string.Empty, StringComparison.Ordinal), $"{name}.txt");
    }
}
