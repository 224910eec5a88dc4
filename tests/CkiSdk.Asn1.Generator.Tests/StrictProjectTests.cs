using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Generator.Tests;

/// <summary>Builds all modules of asn1/ in a project that has every analyzer of the SDK and takes warnings for errors.</summary>
public sealed class StrictProjectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GeneratedTypes_Build_WithoutAWarning_InTheStrictestProject()
    {
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            _folder.WriteText(file, "<Project />");
        }

        _folder.WriteText("Strict.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisLevel>latest-all</AnalysisLevel>
                <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <IsAotCompatible>true</IsAotCompatible>
                <NuGetAudit>false</NuGetAudit>
                <!-- Published modules import more than they use, and one name from two modules. -->
                <NoWarn>CKI0302;CKI0303</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(Der).Assembly.Location}" />
                <Analyzer Include="{typeof(Asn1Generator).Assembly.Location}" />
                <Analyzer Include="{typeof(Linker).Assembly.Location}" />
                <AdditionalFiles Include="{Repository.PathOf("asn1")}/*.asn1" />
                <CompilerVisibleProperty Include="RootNamespace" />
              </ItemGroup>
            </Project>
            """);
        var built = ExternalProgram.Run(
            "dotnet", ["build", _folder.PathOf("Strict.csproj"), "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-o", _folder.PathOf("out")],
            limit: TimeSpan.FromMinutes(10));
        Assert.True(built.ExitCode == 0, built.Text + built.Error);
        Assert.Contains("0 Warning(s)", built.Text, StringComparison.Ordinal);
        Assert.Contains("T:Strict.CertificateExtensions.", File.ReadAllText(_folder.PathOf("out/Strict.xml")), StringComparison.Ordinal);
    }
}
