using System.Collections.Immutable;
using CkiSdk.Asn1.Compiler.CodeFirst;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Generator.CodeFirst;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CkiSdk.Asn1.Generator;

/// <summary>Is the part of the pipeline for types that are written in C#.</summary>
internal static class CodePipeline
{
    /// <summary>Returns the types that have one of the attributes.</summary>
    public static IncrementalValuesProvider<CodeDeclaration> Declarations(IncrementalGeneratorInitializationContext context)
    {
        var structures = Joined(With(context, "CkiSdk.Asn1.Asn1SequenceAttribute", CodeKind.Sequence), With(context, "CkiSdk.Asn1.Asn1SetAttribute", CodeKind.Set));
        var others = Joined(With(context, "CkiSdk.Asn1.Asn1ChoiceAttribute", CodeKind.Choice), With(context, "CkiSdk.Asn1.Asn1EnumeratedAttribute", CodeKind.Enumerated));
        var lists = Joined(With(context, "CkiSdk.Asn1.Asn1SequenceOfAttribute", CodeKind.SequenceOf), With(context, "CkiSdk.Asn1.Asn1SetOfAttribute", CodeKind.SetOf));
        return Joined(Joined(structures, others), lists).SelectMany(static (all, _) => all.Declarations);
    }

    /// <summary>Reports what is wrong with the types, at their places in C#.</summary>
    /// <param name="context">The generator's context.</param>
    /// <param name="declarations">The types with their places, which change with every line that moves: only the reports depend on them.</param>
    /// <param name="linked">What linking has to say.</param>
    public static void Report(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<CodeDeclaration> declarations, IncrementalValueProvider<CodeLinkResult?> linked)
    {
        var faults = linked.Select(static (result, _) => new LinkFaults(result?.Faults ?? default));
        var all = declarations.Collect().Select(static (all, _) => new Found(all)).Combine(faults).SelectMany(static (pair, _) =>
        {
            var (found, linked) = (pair.Left.Declarations, pair.Right.Faults);
            var places = found.SelectMany(declaration => declaration.Places).ToLookup(place => (place.Type, place.Member), place => place.Place);
            return found.SelectMany(declaration => declaration.Faults).Concat(linked)
                .Select(fault => (fault, Place: places[(fault.Type, fault.Member)].Concat(places[(fault.Type, string.Empty)]).FirstOrDefault()));
        });
        context.RegisterSourceOutput(all, static (output, pair) => output.ReportDiagnostic(Reports.ToRoslyn(pair.fault, pair.Place?.ToLocation() ?? Location.None)));
    }

    private static IncrementalValueProvider<Found> With(IncrementalGeneratorInitializationContext context, string attribute, CodeKind kind) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is BaseTypeDeclarationSyntax,
            (found, _) => CodeReader.Read((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0], kind)).Collect().Select(static (all, _) => new Found(all));

    private static IncrementalValueProvider<Found> Joined(IncrementalValueProvider<Found> first, IncrementalValueProvider<Found> second) =>
        first.Combine(second).Select(static (pair, _) => new Found(pair.Left.Declarations.AddRange(pair.Right.Declarations)));

    // Classes, for the reason that Slot gives.
    private sealed class Found(ImmutableArray<CodeDeclaration> declarations)
    {
        public ImmutableArray<CodeDeclaration> Declarations => declarations;
    }

    private sealed record LinkFaults(EquatableArray<CodeFault> Faults);
}
