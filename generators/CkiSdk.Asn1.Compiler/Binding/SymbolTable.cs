namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds what names mean, in a module and through its imports (X.680 13).</summary>
internal sealed class SymbolTable(ModuleTable modules)
{
    private const int MostSteps = 20;

    /// <summary>Gets the project's modules.</summary>
    public IEnumerable<ModuleUnit> Units => modules.Units;

    /// <summary>Finds a definition; null without a report where the name is unknown.</summary>
    public Symbol? Find(ModuleUnit unit, string? module, string name)
    {
        if (module is not null && module != unit.Syntax.Name)
        {
            return modules.Named(unit, module) is { } other ? Follow(other, name, 0) : null;
        }

        return Follow(unit, name, 0);
    }

    /// <summary>Says whether the name comes from a module that is not there or does not have it, which was told at the import.</summary>
    public bool IsFromAbsentModule(ModuleUnit unit, string? module, string name)
    {
        if (module is not null && module != unit.Syntax.Name)
        {
            return modules.Named(unit, module) is not { } other || IsFromAbsentModule(other, null, name);
        }

        return Follow(unit, name, 0) is null && LeadsAway(unit, name);
    }

    // Modules that import a name from one another in a circle have it nowhere.
    private static bool LeadsAway(ModuleUnit unit, string name)
    {
        var seen = new HashSet<ModuleUnit>();
        var isImported = false;
        while (seen.Add(unit))
        {
            if (!unit.Imports.TryGetValue(name, out var import))
                return isImported;
            if (import.Source is not { } source)
                return true;
            (unit, isImported) = (source, true);
        }

        return false;
    }

    private static Symbol? Follow(ModuleUnit unit, string name, int depth)
    {
        if (unit.Assignments.TryGetValue(name, out var assignment))
        {
            return new Symbol(unit, assignment);
        }

        return depth < MostSteps && unit.Imports.TryGetValue(name, out var import) && import.Source is { } source ? Follow(source, name, depth + 1) : null;
    }
}
