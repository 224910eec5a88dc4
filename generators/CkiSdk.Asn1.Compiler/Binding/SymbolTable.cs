using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds what names mean, in a module and through its imports (X.680 13).</summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<string, ModuleUnit> _units = new(StringComparer.Ordinal);
    private readonly Reporter _reporter;

    /// <summary>Takes all modules of the project.</summary>
    public SymbolTable(IEnumerable<ModuleUnit> units, Reporter reporter)
    {
        _reporter = reporter;
        foreach (var unit in units)
        {
            if (_units.TryGetValue(unit.Syntax.Name, out var first))
            {
                reporter.Error(DiagnosticCodes.DuplicateModule, unit, unit.Syntax.NameSpan, $"the module {unit.Syntax.Name} is already defined in {first.Source.Path}");
                continue;
            }

            if (!unit.IsExternal && _units.Values.FirstOrDefault(other => other.Namespace == unit.Namespace) is { } twin)
            {
                reporter.Error(DiagnosticCodes.DuplicateModule, unit, unit.Syntax.NameSpan, $"the modules {unit.Syntax.Name} and {twin.Syntax.Name} have the same name in C#");
                continue;
            }

            _units.Add(unit.Syntax.Name, unit);
        }
    }

    /// <summary>Gets the project's modules, each name once.</summary>
    public IEnumerable<ModuleUnit> Units => _units.Values.Where(unit => !unit.IsExternal);

    /// <summary>Reports imports that lead nowhere and names defined twice.</summary>
    public void CheckNames()
    {
        foreach (var unit in Units)
        {
            foreach (var group in unit.Syntax.Assignments.GroupBy(assignment => assignment.Name, StringComparer.Ordinal))
            {
                foreach (var again in group.Skip(1))
                {
                    _reporter.Error(DiagnosticCodes.DuplicateName, unit, again.NameSpan, $"{again.Name} is already defined in this module");
                }
            }

            foreach (var import in unit.Syntax.Imports)
            {
                CheckImport(unit, import);
            }
        }
    }

    /// <summary>Finds a definition; null without a report where the name is unknown.</summary>
    public Symbol? Find(ModuleUnit unit, string? module, string name)
    {
        if (module is not null && module != unit.Syntax.Name)
        {
            return _units.TryGetValue(module, out var other) ? Follow(other, name, 0) : null;
        }

        return Follow(unit, name, 0);
    }

    /// <summary>Says whether the name comes from a module that is not there, which was warned of at the import.</summary>
    public bool IsFromAbsentModule(ModuleUnit unit, string? module, string name) =>
        module is not null && module != unit.Syntax.Name
            ? !_units.ContainsKey(module)
            : unit.Imports.TryGetValue(name, out var import) && !_units.ContainsKey(import.Module);

    private Symbol? Follow(ModuleUnit unit, string name, int depth)
    {
        if (unit.Assignments.TryGetValue(name, out var assignment))
        {
            return new Symbol(unit, assignment);
        }

        return depth < 20 && unit.Imports.TryGetValue(name, out var import) && _units.TryGetValue(import.Module, out var source)
            ? Follow(source, name, depth + 1)
            : null;
    }

    /// <summary>Older modules import types that are builtin by now.</summary>
    private static bool IsBuiltin(string name) => ClassBinder.IsBuiltin(name) || BuiltinTypes.Find(name) is not null;

    private void CheckImport(ModuleUnit unit, ImportSyntax import)
    {
        if (!_units.TryGetValue(import.Module, out var source))
        {
            _reporter.Warning(DiagnosticCodes.UnresolvedImport, unit, import.ModuleSpan, $"unresolved import: no module {import.Module} in this project");
            return;
        }

        if (source.Syntax.Exports is { } exports)
        {
            foreach (var symbol in import.Symbols.Where(symbol => Follow(source, symbol.Name, 0) is not null && exports.All(export => export.Name != symbol.Name)))
            {
                _reporter.Error(DiagnosticCodes.UnknownSymbol, unit, symbol.Span, $"the module {import.Module} does not export {symbol.Name}");
            }
        }

        foreach (var symbol in import.Symbols.Where(symbol => Follow(source, symbol.Name, 0) is null && !IsBuiltin(symbol.Name)))
        {
            if (!IsFromAbsentModule(source, null, symbol.Name))
            {
                _reporter.Error(DiagnosticCodes.UnknownSymbol, unit, symbol.Span, $"the module {import.Module} does not define {symbol.Name}");
            }
        }
    }
}
