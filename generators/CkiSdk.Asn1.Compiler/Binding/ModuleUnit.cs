using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is a module with its names at hand.</summary>
internal sealed class ModuleUnit
{
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, string> _typeNames = new(StringComparer.Ordinal);

    /// <summary>Takes a parsed module of the project; of two assignments with one name the first counts.</summary>
    public ModuleUnit(ModuleSyntax syntax, ParseResult file, string rootNamespace)
        : this(syntax, file.Source, file.IsFound)
    {
        Namespace = file.Namespace ?? $"{rootNamespace}.{Names.Pascal(syntax.Name)}";
        Relax = file.Modules.Count == 1 ? file.Relax : OfModule(file.Relax, syntax.Name);
    }

    /// <summary>Takes a module of a referenced assembly.</summary>
    public ModuleUnit(ModuleSyntax syntax, SourceText source, ExternalModule external)
        : this(syntax, source, false)
    {
        Namespace = external.Space;
        IsExternal = true;
    }

    private ModuleUnit(ModuleSyntax syntax, SourceText source, bool isFound)
    {
        Syntax = syntax;
        Source = source;
        Scope = new Scope(this);
        Identity = new ModuleIdentity(syntax, isFound);
        Links = [.. syntax.Imports.Select(import => new ImportLink(import))];
        foreach (var assignment in syntax.Assignments.Where(assignment => !Assignments.ContainsKey(assignment.Name)))
        {
            Assignments.Add(assignment.Name, assignment);
        }

        _taken = new HashSet<string>(Assignments.Keys.Select(Names.Type), StringComparer.Ordinal);
        NameTypes(syntax);
        foreach (var link in Links)
        {
            foreach (var symbol in link.Syntax.Symbols.Where(symbol => !Imports.ContainsKey(symbol.Name)))
            {
                Imports.Add(symbol.Name, link);
            }
        }
    }

    /// <summary>Gets what the project says that decoders are to admit.</summary>
    public string Relax { get; } = string.Empty;

    /// <summary>Gets the tree.</summary>
    public ModuleSyntax Syntax { get; }

    /// <summary>Gets the text.</summary>
    public SourceText Source { get; }

    /// <summary>Gets where names are looked up outside of parameterised definitions.</summary>
    public Scope Scope { get; }

    /// <summary>Gets the name and the object identifier.</summary>
    public ModuleIdentity Identity { get; }

    /// <summary>Gets or sets the C# namespace.</summary>
    public string Namespace { get; set; } = string.Empty;

    /// <summary>Gets whether a referenced assembly holds its types: nothing is emitted and nothing reported for it.</summary>
    public bool IsExternal { get; }

    /// <summary>Gets the assignments by name.</summary>
    public Dictionary<string, AssignmentSyntax> Assignments { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the imports by the symbol that they bring.</summary>
    public Dictionary<string, ImportLink> Imports { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the names that inner types were to have, with those that they got, in the order of their binding.</summary>
    public List<(string Wanted, string Got)> Hoisted { get; } = [];

    /// <summary>Gets the imports in the order of the text.</summary>
    public IReadOnlyList<ImportLink> Links { get; }

    /// <summary>Returns the C# name of a type assignment of this module.</summary>
    public string TypeName(string asn1Name) => _typeNames.TryGetValue(asn1Name, out var name) ? name : Names.Type(asn1Name);

    /// <summary>Returns a C# name for an inner type, kept apart from the names of the module and of other inner types.</summary>
    public string Hoist(string name)
    {
        // The view of an inner type has its name too: X and XView are free together.
        var wanted = name;
        while (_taken.Contains(name + "View") || IsView(name) || !_taken.Add(name))
        {
            name += "_";
        }

        Hoisted.Add((wanted, name));
        return name;
    }

    /// <summary>Returns the assignment that a character belongs to; null for none.</summary>
    public AssignmentSyntax? At(int position)
    {
        var (low, high) = (0, Syntax.Assignments.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var span = Syntax.Assignments[middle].Span;
            if (position >= span.Start && position < span.End)
            {
                return Syntax.Assignments[middle];
            }

            (low, high) = position < span.Start ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    /// <summary>Returns the full C# name of a type's view; null for the usual one.</summary>
    public string? ViewOf(string name) => _taken.Contains(name + "View") ? $"global::{Namespace}.{name}View_" : null;

    /// <summary>Two names can differ in a hyphen only: the later one gets an underscore.</summary>
    private void NameTypes(ModuleSyntax syntax)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in syntax.Assignments.OfType<TypeAssignmentSyntax>().Where(type => type.Parameters.Count == 0 && !_typeNames.ContainsKey(type.Name)))
        {
            var name = Names.Type(type.Name);
            while (!used.Add(name) || (name.EndsWith("_", StringComparison.Ordinal) && _taken.Contains(name)))
            {
                name += "_";
            }

            _taken.Add(name);
            _typeNames.Add(type.Name, name);
        }
    }

    private bool IsView(string name) => name.EndsWith("View", StringComparison.Ordinal) && _taken.Contains(name.Substring(0, name.Length - 4));

    /// <summary>Of a file with several modules, the entries say which module they mean.</summary>
    private static string OfModule(string relax, string module) =>
        string.Join(";", relax.Split(';', ',').Where(entry => entry.Trim().StartsWith(module + ".", StringComparison.Ordinal)));
}
