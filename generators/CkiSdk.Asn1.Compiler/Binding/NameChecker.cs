using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks the names of modules: those defined twice, and exports and imports that lead nowhere (X.680 13).</summary>
internal sealed class NameChecker(ModuleTable modules, SymbolTable symbols, Reporter reporter)
{
    /// <summary>Checks all modules of the project.</summary>
    public void Check()
    {
        foreach (var unit in modules.Units)
        {
            foreach (var again in unit.Syntax.Assignments.GroupBy(assignment => assignment.Name, StringComparer.Ordinal).SelectMany(group => group.Skip(1)))
            {
                reporter.Error(DiagnosticCodes.DuplicateName, unit, again.NameSpan, $"{again.Name} is already defined in this module");
            }

            Exports(unit);
            Shadows(unit);
            foreach (var link in unit.Links)
            {
                Import(unit, link);
            }
        }
    }

    // Old modules export and import types that are builtin by now.
    private static bool IsBuiltin(string name) => ClassBinder.IsBuiltin(name) || BuiltinTypes.Find(name) is not null;

    private void Exports(ModuleUnit unit)
    {
        foreach (var symbol in unit.Syntax.Exports ?? [])
        {
            if (symbols.Find(unit, null, symbol.Name) is null && !unit.Imports.ContainsKey(symbol.Name) && !IsBuiltin(symbol.Name))
            {
                reporter.Warning(DiagnosticCodes.UnknownSymbol, unit, symbol.Span, $"{symbol.Name} is exported, but not defined here and not imported");
            }
        }
    }

    private void Shadows(ModuleUnit unit)
    {
        foreach (var own in unit.Assignments.Values.Where(assignment => ClassBinder.IsBuiltin(assignment.Name)))
        {
            reporter.Warning(DiagnosticCodes.Shadowed, unit, own.NameSpan, $"{own.Name} is a class that every module has (X.681 A, B): here the name means another one");
        }

        var seen = new Dictionary<string, ImportLink>(StringComparer.Ordinal);
        foreach (var (link, symbol) in unit.Links.SelectMany(link => link.Syntax.Symbols.Select(symbol => (link, symbol))))
        {
            if (unit.Assignments.ContainsKey(symbol.Name))
            {
                reporter.Warning(DiagnosticCodes.Shadowed, unit, symbol.Span, $"{symbol.Name} is imported, but the module defines it itself: without a module's name it means that");
            }
            else if (!seen.TryGetValue(symbol.Name, out var first))
            {
                seen.Add(symbol.Name, link);
            }
            else if (first.Source != link.Source || first.Syntax.Module != link.Syntax.Module)
            {
                reporter.Warning(
                    DiagnosticCodes.Shadowed, unit, symbol.Span,
                    $"{symbol.Name} is also imported from {first.Syntax.Module}: without a module's name it means that one");
            }
        }
    }

    private void Import(ModuleUnit unit, ImportLink link)
    {
        var import = link.Syntax;
        if (link.Source is not { } source)
        {
            var other = modules.WithName(import.Module);
            var reason = other is null ? $"no module {import.Module} in this project"
                : $"the module {import.Module} in {other.Source.Path} has another object identifier and does not define all that is imported";
            reporter.Warning(DiagnosticCodes.UnresolvedImport, unit, import.ModuleSpan, $"unresolved import: {reason}");
            return;
        }

        foreach (var symbol in import.Symbols)
        {
            var isUsed = unit.Syntax.Uses(symbol.Name);
            if (symbols.Find(source, null, symbol.Name) is { } found)
            {
                Found(unit, source, import, symbol, isUsed, found);
            }
            else if ((source == unit || !symbols.IsFromAbsentModule(source, null, symbol.Name)) && !IsBuiltin(symbol.Name))
            {
                var message = $"the module {source.Syntax.Name} does not define {symbol.Name}";

                // What another assembly has compiled may be a part of what was published.
                if (source.IsExternal && isUsed)
                    reporter.Warning(DiagnosticCodes.UnresolvedImport, unit, symbol.Span, $"unresolved import: {message} in {source.Source.Path}");
                else if (isUsed)
                    reporter.Error(DiagnosticCodes.UnknownSymbol, unit, symbol.Span, message);
                else
                    reporter.Warning(DiagnosticCodes.UnknownSymbol, unit, symbol.Span, message + ", which nothing here uses");
            }
        }
    }

    private void Found(ModuleUnit unit, ModuleUnit source, ImportSyntax import, SymbolSyntax symbol, bool isUsed, Symbol found)
    {
        if (source.Syntax.Exports is { } exports && exports.All(export => export.Name != symbol.Name))
        {
            reporter.Error(DiagnosticCodes.UnknownSymbol, unit, symbol.Span, $"the module {import.Module} does not export {symbol.Name}");
        }
        else if (!isUsed && unit.Syntax.Assignments.Count > 0 && found.Assignment is not MacroAssignmentSyntax)
        {
            // A module that defines nothing is there to hand on what it imports.
            reporter.Warning(DiagnosticCodes.UnusedImport, unit, symbol.Span, $"{symbol.Name} is imported, but not used");
        }
    }
}
