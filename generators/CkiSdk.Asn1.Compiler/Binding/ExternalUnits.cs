using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Chooses the modules of referenced assemblies that take part in linking: those that a project's modules import from, and what these import.</summary>
internal static class ExternalUnits
{
    /// <summary>Returns the modules to add to the project's own; a module that the project has itself is left out.</summary>
    /// <param name="own">The project's modules.</param>
    /// <param name="externals">The modules of all referenced assemblies.</param>
    /// <param name="reporter">Takes a warning for each module that is in the project and in an assembly.</param>
    public static IReadOnlyList<ModuleUnit> Choose(IReadOnlyList<ModuleUnit> own, IEnumerable<ExternalModule> externals, Reporter reporter)
    {
        var offered = Offered(own, externals, reporter);
        var chosen = new List<ModuleUnit>();
        var waiting = new Queue<ModuleUnit>(own);
        while (offered.Count > 0 && waiting.Count > 0)
        {
            foreach (var import in waiting.Dequeue().Syntax.Imports)
            {
                var oid = Oid(import.Oid);
                foreach (var module in offered.Where(module => module.Name == import.Module || (oid.Length > 0 && module.Oid == oid)).ToList())
                {
                    offered.Remove(module);
                    foreach (var syntax in module.Parsed.Modules.Take(1))
                    {
                        var unit = new ModuleUnit(syntax, module.Parsed.Source, module);
                        chosen.Add(unit);
                        waiting.Enqueue(unit);
                    }
                }
            }
        }

        return chosen;
    }

    /// <summary>Returns an object identifier in dotted form as far as it is written in numbers; empty where it is not.</summary>
    public static string Oid(ValueSyntax? value) => value is BlockValueSyntax block ? ValueBinder.WrittenIdentifier(block) ?? string.Empty : string.Empty;

    private static List<ExternalModule> Offered(IReadOnlyList<ModuleUnit> own, IEnumerable<ExternalModule> externals, Reporter reporter)
    {
        var offered = new List<ExternalModule>();
        foreach (var module in externals)
        {
            if (own.FirstOrDefault(unit => unit.Syntax.Name == module.Name && Oid(unit.Syntax.Oid) == module.Oid) is { } twin)
            {
                reporter.Warning(
                    DiagnosticCodes.ModuleInReference, twin, twin.Syntax.NameSpan,
                    $"the module {module.Name} is also in the referenced assembly {module.Assembly}; its types are generated here once more, and imports mean these");
            }
            else if (!offered.Any(other => other.Name == module.Name && other.Oid == module.Oid))
            {
                offered.Add(module);
            }
        }

        return offered;
    }
}
