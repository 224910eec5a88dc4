using CkiSdk.Asn1.Compiler.Binding;

namespace CkiSdk.Corpora;

/// <summary>Compares folders that are closed under import: each module has no error, and the C# of the whole builds without warnings.</summary>
internal sealed class ProjectSet(string name) : ICorpusSet
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEnumerable<Outcome> Compare(string folder) =>
        Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(project => Project(Path.GetFileName(project), ModuleFolder.Read(project)));

    private static IEnumerable<Outcome> Project(string project, ModuleFolder modules)
    {
        LinkResult? linked = null;
        var fault = Judgement.Guard(project, "modules that link", () =>
        {
            linked = Linker.Link(modules.Files, "Corpus");
            return (null, null);
        });
        if (linked is null)
        {
            yield return fault;
            yield break;
        }

        foreach (var file in modules.Files)
        {
            var faults = file.Diagnostics.Concat(linked.Diagnostics.Where(found => found.Path == file.Source.Path));
            yield return new Outcome($"{project}/{file.Source.Path}", "no error", faults.FirstOrDefault(found => found.IsError)?.ToString());
        }

        yield return Judgement.Guard(project, "C# without warnings", () => (CSharpBuild.Compile(linked), null));
    }
}
