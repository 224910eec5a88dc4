using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Asn1.Compiler.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CkiSdk.Asn1.Generator;

/// <summary>Compiles the project's <c>&lt;Asn1Module&gt;</c> items into C# types.</summary>
/// <remarks>An edit parses its file again and links again; only types whose model has changed are emitted again.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class Asn1Generator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => IsModule(pair.Left, pair.Right.GetOptions(pair.Left)))
            .Select(static (pair, _) => pair.Left)
            .Select(static (file, cancellation) => Parse(file, cancellation))
            .WithTrackingName(TrackingNames.Parse);
        var root = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => RootNamespace(options.GlobalOptions))
            .WithTrackingName(TrackingNames.RootNamespace);
        var linked = parsed.Collect().Combine(root)
            .Select(static (pair, _) => pair.Left.IsEmpty ? null : Linker.Link(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Link);

        var types = linked
            .SelectMany(static (result, _) => result is null ? [] : result.Modules.SelectMany(module => module.Types))
            .WithTrackingName(TrackingNames.Types);
        context.RegisterSourceOutput(types, static (output, type) => output.AddSource(TypeEmitter.FileName(type), TypeEmitter.Emit(type)));

        var syntaxFaults = parsed.SelectMany(static (file, _) => file.Diagnostics);
        var linkFaults = linked.SelectMany(static (result, _) => result is null ? default : result.Diagnostics);
        context.RegisterSourceOutput(syntaxFaults, static (output, fault) => output.ReportDiagnostic(ToRoslyn(fault)));
        context.RegisterSourceOutput(linkFaults, static (output, fault) => output.ReportDiagnostic(ToRoslyn(fault)));
    }

    private static bool IsModule(AdditionalText file, Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions options) =>
        file.Path.EndsWith(".asn1", StringComparison.OrdinalIgnoreCase)
        || (options.TryGetValue("build_metadata.AdditionalFiles.IsAsn1Module", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static ParseResult Parse(AdditionalText file, CancellationToken cancellation) =>
        Parser.Parse(new CkiSdk.Asn1.Compiler.Syntax.SourceText(file.Path, file.GetText(cancellation)?.ToString() ?? string.Empty));

    private static string RootNamespace(Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.RootNamespace", out var value) && value.Length > 0 ? value : "Asn1Modules";

    private static Diagnostic ToRoslyn(Asn1Diagnostic fault)
    {
        var severity = fault.IsError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
#pragma warning disable RS2008 // the codes are listed in DiagnosticCodes, not in analyzer release files
        var descriptor = new DiagnosticDescriptor(fault.Code, "ASN.1", "{0}", "Asn1", severity, isEnabledByDefault: true);
#pragma warning restore RS2008
        var lines = new LinePositionSpan(new LinePosition(fault.StartLine, fault.StartColumn), new LinePosition(fault.EndLine, fault.EndColumn));
        return Diagnostic.Create(descriptor, Location.Create(fault.Path, new Microsoft.CodeAnalysis.Text.TextSpan(fault.Span.Start, fault.Span.Length), lines), fault.Message);
    }
}
