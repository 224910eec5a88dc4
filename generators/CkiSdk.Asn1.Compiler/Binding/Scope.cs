using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Says where names are looked up: a module, and inside a parameterised definition the actual parameters.</summary>
internal sealed class Scope(ModuleUnit unit, AssignmentSyntax? definition = null, IReadOnlyDictionary<string, Argument>? arguments = null, string key = "")
{
    private static readonly Dictionary<string, Argument> None = new(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, Argument> _arguments = arguments ?? None;

    /// <summary>Gets the module.</summary>
    public ModuleUnit Unit => unit;

    /// <summary>Gets the parameterised definition whose body is bound; null outside of one.</summary>
    public AssignmentSyntax? Definition => definition;

    /// <summary>Gets a text that is the same for the same actual parameters.</summary>
    public string Key => key;

    /// <summary>Finds the actual parameter of a dummy reference.</summary>
    public Argument? Find(string dummy) => _arguments.TryGetValue(dummy, out var argument) ? argument : null;
}

/// <summary>Is an actual parameter with the scope that it was written in.</summary>
internal sealed record Argument(ArgumentSyntax Syntax, Scope Scope);

/// <summary>Is a definition that a name was found to mean.</summary>
internal sealed record Symbol(ModuleUnit Unit, AssignmentSyntax Assignment)
{
    /// <summary>Gets the full C# name that a type assignment gets.</summary>
    public string FullName => $"global::{Unit.Namespace}.{Unit.TypeName(Assignment.Name)}";
}
