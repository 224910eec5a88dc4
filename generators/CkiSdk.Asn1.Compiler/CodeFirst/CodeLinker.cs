using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;

namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Links a project's modules together with its types that are written in C#.</summary>
/// <remarks>Each namespace with such types becomes the text of a module, and is compiled as one; the models are then told what C# has already.</remarks>
public static class CodeLinker
{
    /// <summary>Links.</summary>
    /// <param name="files">The parsed modules.</param>
    /// <param name="types">The types that are written in C#.</param>
    /// <param name="rootNamespace">The namespace under which each module gets its own.</param>
    /// <param name="externals">The modules of referenced assemblies.</param>
    /// <param name="memory">What knows of an earlier linking; null to link everything.</param>
    public static CodeLinkResult Link(
        IReadOnlyList<ParseResult> files, IReadOnlyList<CodeType> types, string rootNamespace, IReadOnlyList<ExternalModule> externals, LinkMemory? memory = null)
    {
        if (types.Count == 0)
        {
            return new CodeLinkResult(Linker.Link(files, rootNamespace, externals, memory), default);
        }

        var names = new CodeNames(files, types, rootNamespace, externals);
        var texts = types.GroupBy(type => type.Namespace, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new CodeModuleText(group.Key, group, names)).ToList();
        var result = Linker.Link([.. files, .. texts.Select(text => text.Parsed)], rootNamespace, externals, memory);
        var own = types.GroupBy(type => type.FullName, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var modules = result.Modules.Select(module => module with { Types = new EquatableArray<TypeModel>(module.Types.Select(type => own.TryGetValue(type.FullName, out var code) ? CodeFitting.Fit(type, code, own) : type)) });
        var faults = new List<CodeFault>(names.Faults);
        var others = result.Diagnostics.ToList();
        foreach (var text in texts)
        {
            faults.AddRange(text.Parsed.Diagnostics.Concat(others).Where(text.Holds).Select(text.Fault));
            others.RemoveAll(text.Holds);
        }

        return new CodeLinkResult(
            new LinkResult(new EquatableArray<ModuleModel>(modules), new EquatableArray<Diagnostics.Asn1Diagnostic>(others)), new EquatableArray<CodeFault>(faults));
    }
}
