using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Holds the modules that are linked, and knows which of them an import means (X.680 13).</summary>
internal sealed class ModuleTable
{
    private readonly List<ModuleUnit> _units = [];
    private readonly Reporter _reporter;

    /// <summary>Takes the project's modules and those of referenced assemblies; of two that are the same the first counts.</summary>
    public ModuleTable(IEnumerable<ModuleUnit> units, Reporter reporter)
    {
        _reporter = reporter;
        foreach (var unit in units)
        {
            if (!IsAgain(unit))
            {
                _units.Add(unit);
            }
        }

        foreach (var versions in Units.GroupBy(unit => unit.Syntax.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).ToList())
        {
            KeepApart([.. versions]);
        }

        foreach (var unit in Units.GroupBy(unit => unit.Namespace, StringComparer.Ordinal).SelectMany(group => group.Skip(1).Select(twin => (twin, group.First()))).ToList())
        {
            reporter.Error(
                DiagnosticCodes.DuplicateModule, unit.twin, unit.twin.Syntax.NameSpan,
                $"the modules {unit.twin.Syntax.Name} and {unit.Item2.Syntax.Name} have the same name in C#");
            _units.Remove(unit.twin);
        }

        foreach (var unit in _units)
        {
            foreach (var link in unit.Links)
            {
                link.Source = Source(link.Syntax, unit) ?? (link.Syntax.Module == unit.Syntax.Name && link.Syntax.Oid is null ? unit : null);
                if (!unit.IsExternal && link.Source is not null)
                {
                    DoubtVersion(link, unit);
                }
            }
        }
    }

    /// <summary>Gets the project's modules.</summary>
    public IEnumerable<ModuleUnit> Units => _units.Where(unit => !unit.IsExternal);

    /// <summary>Finds the module that a qualified reference names: one that is imported from, or any other of that name.</summary>
    public ModuleUnit? Named(ModuleUnit unit, string module) =>
        module == unit.Syntax.Name ? unit
        : unit.Links.FirstOrDefault(link => link.Syntax.Module == module)?.Source
            ?? _units.Where(other => other.Syntax.Name == module).OrderByDescending(other => Nearness(other, unit)).FirstOrDefault();

    /// <summary>Finds a module that has the name, whatever its object identifier.</summary>
    public ModuleUnit? WithName(string module) => _units.FirstOrDefault(unit => unit.Syntax.Name == module);

    // The object identifier tells which module is meant (X.680 13.16). A module of the project without one goes before what a referenced assembly has under the name alone.
    private ModuleUnit? Source(ImportSyntax import, ModuleUnit importer)
    {
        var best = ModuleChoice.Best(import, Scope(importer), _units.Where(unit => unit != importer), unit => unit.Identity, unit => Nearness(unit, importer));
        return importer.IsExternal || best is { IsExternal: false } || (best is not null && best.Identity.Defines(import) && IsExact(import, importer, best)) ? best
            : _units.FirstOrDefault(unit => unit != importer && !unit.IsExternal && unit.Syntax.Oid is null && unit.Syntax.Name == import.Module && unit.Identity.Defines(import)) ?? best;
    }

    private bool IsExact(ImportSyntax import, ModuleUnit importer, ModuleUnit source) =>
        source.Identity.Oid is { } found && ModuleOid.Read(import.Oid, Scope(importer)) is { } named && found.Matches(named);

    private void DoubtVersion(ImportLink link, ModuleUnit importer)
    {
        var (import, source) = (link.Syntax, link.Source!);
        if (source.IsExternal && Units.FirstOrDefault(unit => unit != importer && unit.Syntax.Name == import.Module && IsOtherVersion(unit, source)) is { } own && import.Oid is not null)
        {
            _reporter.Warning(
                DiagnosticCodes.TwoVersions, importer, import.ModuleSpan,
                $"this means the module {source.Syntax.Name} of {source.Source.Path}, which has the object identifier; that in {own.Source.Path} has {(own.Identity.Oid is null ? "none" : "another one")}");
        }
        else if (!source.Identity.IsFound && source.Identity.Oid is { } found && ModuleOid.Read(import.Oid, Scope(importer)) is { } named && source.Syntax.Name == import.Module && !found.Matches(named) && !IsSelected(import, found, named))
        {
            _reporter.Warning(
                DiagnosticCodes.TwoVersions, importer, import.ModuleSpan,
                $"the module {source.Syntax.Name} in {source.Source.Path} has another object identifier: it is taken by its name, since no module has the one that is written here");
        }
    }

    private static bool IsSelected(ImportSyntax import, ModuleOid found, ModuleOid named) =>
        (import.Selection == "WITH SUCCESSORS" && found.Succeeds(named)) || (import.Selection == "WITH DESCENDANTS" && found.Descends(named));

    private OidScope Scope(ModuleUnit unit) => new(unit.Syntax, import => Source(import, unit) is { } source ? Scope(source) : null);

    private static int Nearness(ModuleUnit candidate, ModuleUnit importer) =>
        ReferenceEquals(candidate.Source, importer.Source) ? 2 : candidate.IsExternal ? 0 : 1;

    private bool IsAgain(ModuleUnit unit)
    {
        var first = _units.FirstOrDefault(other => other.Syntax.Name == unit.Syntax.Name && !IsOtherVersion(other, unit));
        if (first is not null)
        {
            _reporter.Error(
                DiagnosticCodes.DuplicateModule, unit, unit.Syntax.NameSpan, $"the module {unit.Syntax.Name} is already defined in {first.Source.Path}");
        }

        return first is not null;
    }

    private static bool IsOtherVersion(ModuleUnit first, ModuleUnit second) =>
        first.Identity.Oid is { } one && second.Identity.Oid is { } two ? !one.Matches(two) : first.IsExternal != second.IsExternal;

    /// <summary>Versions of one module get the last arc that differs behind the names of their namespaces.</summary>
    private void KeepApart(List<ModuleUnit> versions)
    {
        var oids = versions.Select(unit => unit.Identity.Oid!).ToList();
        var arcs = oids.Min(oid => oid.Count);
        var last = Enumerable.Range(0, arcs).Where(index => oids.Select(oid => oid.Arc(index)).Distinct(StringComparer.Ordinal).Count() > 1).DefaultIfEmpty(-1).Last();
        var isEnough = last >= 0 && oids.Select(oid => oid.Arc(last)).Distinct(StringComparer.Ordinal).Count() == oids.Count;
        foreach (var (unit, oid) in versions.Zip(oids, (unit, oid) => (unit, oid)))
        {
            var suffix = isEnough ? oid.Arc(last) : string.Join("_", Enumerable.Range(0, oid.Count).Select(oid.Arc));
            unit.Namespace += "_" + Names.Pascal(suffix);
        }

        foreach (var unit in versions.Skip(1))
        {
            _reporter.Warning(
                DiagnosticCodes.TwoVersions, unit, unit.Syntax.NameSpan,
                $"there is another version of the module {unit.Syntax.Name} in {versions[0].Source.Path}; the C# namespaces are told apart by the object identifiers");
        }
    }
}
