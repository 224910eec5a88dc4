using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds the values that the object identifiers of imports are built of: in the module itself, and in those that it imports from by an object identifier that is written out.</summary>
/// <param name="module">The module.</param>
/// <param name="source">Finds the module that an import means.</param>
internal sealed class OidScope(ModuleSyntax module, Func<ImportSyntax, OidScope?> source)
{
    private const int MostSteps = 10;

    /// <summary>Finds a value with the scope that it was written in.</summary>
    public (ValueSyntax Value, OidScope Scope)? Find(string name) => Find(name, 0);

    private (ValueSyntax Value, OidScope Scope)? Find(string name, int depth)
    {
        if (module.Assignments.FirstOrDefault(assignment => assignment.Name == name) is ValueAssignmentSyntax assignment)
            return (assignment.Value, this);
        var import = module.Imports.FirstOrDefault(import => import.Symbols.Any(symbol => symbol.Name == name));
        return import is not null && depth < MostSteps && IsPlain(import.Oid) ? source(import)?.Find(name, depth + 1) : null;
    }

    // An object identifier that begins with a name could need the very import that it tells of.
    private static bool IsPlain(ValueSyntax? oid) => oid is null || (oid is BlockValueSyntax { Tokens: { Count: > 0 } tokens }
        && (tokens[0].Kind == TokenKind.Number || ModuleOid.IsRoot(tokens[0].Text)));
}
