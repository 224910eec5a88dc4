using System.Collections.Immutable;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.CodeFirst;
using CkiSdk.Asn1.Compiler.Parsing;
using Microsoft.CodeAnalysis;

namespace CkiSdk.Asn1.Generator;

/// <summary>Is all that a linking takes.</summary>
internal sealed class Inputs
{
    private readonly ImmutableArray<ParseResult> _files;
    private readonly ImmutableArray<CodeType> _types;
    private readonly string _root;
    private readonly ImmutableArray<ExternalModule> _externals;

    private Inputs(ImmutableArray<ParseResult> files, ImmutableArray<CodeType> types, string root, ImmutableArray<ExternalModule> externals) =>
        (_files, _types, _root, _externals) = (files, types, root, externals);

    /// <summary>Joins the steps that give them.</summary>
    public static IncrementalValueProvider<Inputs> Of(
        IncrementalValuesProvider<ParseResult> files, IncrementalValuesProvider<CodeType> types, IncrementalValueProvider<string> root, IncrementalValuesProvider<ExternalModule> externals)
    {
        var modules = files.Collect().Select(static (all, _) => new Inputs(all, [], string.Empty, []));
        var code = types.Collect().Select(static (all, _) => new Inputs([], all, string.Empty, []));
        var assemblies = externals.Collect().Select(static (all, _) => new Inputs([], [], string.Empty, all));
        var own = modules.Combine(code).Select(static (pair, _) => new Inputs(pair.Left._files, pair.Right._types, string.Empty, []));
        var others = assemblies.Combine(root).Select(static (pair, _) => new Inputs([], [], pair.Right, pair.Left._externals));
        return own.Combine(others).Select(static (pair, _) => new Inputs(pair.Left._files, pair.Left._types, pair.Right._root, pair.Right._externals));
    }

    /// <summary>Links; null where there is nothing to link.</summary>
    /// <param name="memory">What knows of an earlier linking.</param>
    public CodeLinkResult? Link(LinkMemory memory) =>
        _files.IsEmpty && _types.IsEmpty ? null : CodeLinker.Link(_files, _types, _root, _externals, memory);
}
