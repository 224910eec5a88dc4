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
        var structures = With(context, "CkiSdk.Asn1.Asn1SequenceAttribute", CodeKind.Sequence).Collect()
            .Combine(With(context, "CkiSdk.Asn1.Asn1SetAttribute", CodeKind.Set).Collect())
            .Combine(With(context, "CkiSdk.Asn1.Asn1ChoiceAttribute", CodeKind.Choice).Collect())
            .Combine(With(context, "CkiSdk.Asn1.Asn1EnumeratedAttribute", CodeKind.Enumerated).Collect());
        var lists = With(context, "CkiSdk.Asn1.Asn1SequenceOfAttribute", CodeKind.SequenceOf).Collect().Combine(With(context, "CkiSdk.Asn1.Asn1SetOfAttribute", CodeKind.SetOf).Collect());
        return structures.Combine(lists).SelectMany(static (all, _) =>
            all.Left.Left.Left.Left.AddRange(all.Left.Left.Left.Right).AddRange(all.Left.Left.Right).AddRange(all.Left.Right).AddRange(all.Right.Left).AddRange(all.Right.Right));
    }

    /// <summary>Reports what is wrong with the types, at their places in C#.</summary>
    /// <param name="context">The generator's context.</param>
    /// <param name="declarations">The types with their places, which change with every line that moves: only the reports depend on them.</param>
    /// <param name="faults">What linking has to say.</param>
    public static void Report(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<CodeDeclaration> declarations, IncrementalValueProvider<EquatableArray<CodeFault>> faults)
    {
        var all = declarations.Collect().Combine(faults).SelectMany(static (pair, _) =>
        {
            var (found, linked) = pair;
            var places = found.SelectMany(declaration => declaration.Places).ToLookup(place => (place.Type, place.Member), place => place.Place);
            return found.SelectMany(declaration => declaration.Faults).Concat(linked)
                .Select(fault => (fault, Place: places[(fault.Type, fault.Member)].Concat(places[(fault.Type, string.Empty)]).FirstOrDefault()));
        });
        context.RegisterSourceOutput(all, static (output, pair) => output.ReportDiagnostic(Reports.ToRoslyn(pair.fault, pair.Place?.ToLocation() ?? Location.None)));
    }

    private static IncrementalValuesProvider<CodeDeclaration> With(IncrementalGeneratorInitializationContext context, string attribute, CodeKind kind) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is BaseTypeDeclarationSyntax,
            (found, _) => CodeReader.Read((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0], kind));
}
