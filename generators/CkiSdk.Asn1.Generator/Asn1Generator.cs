using System.Collections.Immutable;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Asn1.Compiler.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CkiSdk.Asn1.Generator;

/// <summary>Compiles the project's <c>&lt;Asn1Module&gt;</c> items into C# types, and adds codecs to C# types that have one of the attributes.</summary>
/// <remarks>An edit parses its file again and links again; only types whose model has changed are emitted again. Edits of other C# do nothing.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class Asn1Generator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => IsModule(pair.Left, pair.Right.GetOptions(pair.Left)))
            .Select(static (pair, _) => (File: pair.Left, Relax: Relax(pair.Right.GetOptions(pair.Left))))
            .Select(static (input, cancellation) => Parse(input.File, cancellation) with { Relax = input.Relax })
            .WithTrackingName(TrackingNames.Parse);
        var root = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => RootNamespace(options.GlobalOptions))
            .WithTrackingName(TrackingNames.RootNamespace);
        var referenced = context.MetadataReferencesProvider
            .SelectMany(static (reference, _) => ReferencedModules.Of(reference))
            .WithTrackingName(TrackingNames.ReferencedModules);
        var declarations = CodePipeline.Declarations(context);
        var code = declarations.SelectMany(static (declaration, _) => declaration.Type is { } type ? ImmutableArray.Create(type) : [])
            .WithTrackingName(TrackingNames.CodeTypes);

        // What it remembers makes an edit quicker, and nothing else: the same modules give the same models with it and without.
        var memory = new LinkMemory();
        var linked = Inputs.Of(parsed, code, root, referenced)
            .Select((inputs, _) => inputs.Link(memory))
            .WithTrackingName(TrackingNames.Link);

        context.RegisterSourceOutput(parsed.SelectMany(static (file, _) => file.Diagnostics), static (output, fault) => output.ReportDiagnostic(Reports.ToRoslyn(fault)));
        Register(context, linked.Select(static (result, _) => result?.Result));
        CodePipeline.Report(context, declarations, linked);
    }

    private static void Register(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<LinkResult?> linked)
    {
        var types = linked
            .SelectMany(static (result, _) => Slots.Of(result is null ? [] : result.Modules.SelectMany(module => module.Types)))
            .SelectMany(static (slot, _) => slot.Types)
            .WithTrackingName(TrackingNames.Types);
        context.RegisterSourceOutput(types, static (output, type) => output.AddSource(TypeEmitter.FileName(type), TypeEmitter.Emit(type)));

        // Of the modules only what the attribute says goes on: it stays the same when types change in nothing but their comments.
        var modules = linked
            .SelectMany(static (result, _) => result is null ? [] : result.Modules.Select(module => module with { Types = default }))
            .WithTrackingName(TrackingNames.Modules);
        context.RegisterSourceOutput(modules, static (output, module) => output.AddSource(ModuleEmitter.FileName(module), ModuleEmitter.Emit(module)));

        var faults = linked.SelectMany(static (result, _) => result is null ? default : result.Diagnostics);
        context.RegisterSourceOutput(faults, static (output, fault) => output.ReportDiagnostic(Reports.ToRoslyn(fault)));
    }

    private static bool IsModule(AdditionalText file, AnalyzerConfigOptions options) =>
        file.Path.EndsWith(".asn1", StringComparison.OrdinalIgnoreCase)
        || (options.TryGetValue("build_metadata.AdditionalFiles.IsAsn1Module", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase));

    private static string Relax(AnalyzerConfigOptions options) => options.TryGetValue("build_metadata.AdditionalFiles.Relax", out var value) ? value : string.Empty;

    private static ParseResult Parse(AdditionalText file, CancellationToken cancellation) =>
        Parser.Parse(new CkiSdk.Asn1.Compiler.Syntax.SourceText(file.Path, file.GetText(cancellation)?.ToString() ?? string.Empty));

    private static string RootNamespace(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.RootNamespace", out var value) && value.Length > 0 ? value : "Asn1Modules";
}
