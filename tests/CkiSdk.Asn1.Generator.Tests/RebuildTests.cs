using System.Reflection;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Builds a project outside of the checkout, edits its module and builds again.</summary>
public sealed class RebuildTests : IDisposable
{
    private const string Module = "Shop DEFINITIONS ::= BEGIN\nOrder ::= SEQUENCE {\n  number INTEGER,\n  price INTEGER }\nEND\n";

    private readonly TemporaryFolder _folder = new();

    public RebuildTests()
    {
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            _folder.WriteText(file, "<Project />");
        }

        _folder.WriteText("Shop.asn1", Module);
        _folder.WriteText("Demo.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(Der).Assembly.Location}" />
                <Analyzer Include="{typeof(Asn1Generator).Assembly.Location}" />
                <Analyzer Include="{typeof(Linker).Assembly.Location}" />
                <AdditionalFiles Include="Shop.asn1" />
                <CompilerVisibleProperty Include="RootNamespace" />
              </ItemGroup>
            </Project>
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EditedModule_ChangesTheTypes_OrFailsTheBuildAtItsPlace()
    {
        Assert.Equal("Integer", TypeOfPrice(Build()));

        _folder.WriteText("Shop.asn1", Module.Replace("price INTEGER", "price UTF8String", StringComparison.Ordinal));
        Assert.Equal("Utf8String", TypeOfPrice(Build()));

        _folder.WriteText("Shop.asn1", Module.Replace("price INTEGER", "price INTEGR", StringComparison.Ordinal));
        var broken = Build();
        Assert.NotEqual(0, broken.ExitCode);
        Assert.Contains("Shop.asn1(4,9): error CKI0101: INTEGR is not defined here and not imported", broken.Text, StringComparison.Ordinal);
    }

    private ProgramResult Build() => ExternalProgram.Run(
        "dotnet", ["build", _folder.PathOf("Demo.csproj"), "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-o", _folder.PathOf("out")]);

    private string TypeOfPrice(ProgramResult built)
    {
        Assert.True(built.ExitCode == 0, built.Text + built.Error);
        var assembly = Assembly.Load(File.ReadAllBytes(_folder.PathOf("out/Demo.dll")));
        return assembly.GetType("Demo.Shop.Order", throwOnError: true)!.GetProperty("Price")!.PropertyType.Name;
    }
}
