using CkiSdk.Asn1;
using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;
using CkiSdk.Asn1.Dynamic;
using CkiSdk.Cli.Invocation;

namespace CkiSdk.Cli.Asn1;

/// <summary>Finds a type among the modules of <c>--asn1</c> and the built-in ones, and compiles its module with what that imports.</summary>
internal static class Schemas
{
    /// <summary>Returns the description of a type.</summary>
    /// <param name="name"><c>Module.Type</c>, or the type alone where only one module has it.</param>
    /// <param name="paths">What <c>--asn1</c> names.</param>
    /// <exception cref="CommandException">There is no such type, or its modules have errors.</exception>
    public static TypeDescriptor Find(string name, IReadOnlyList<string> paths)
    {
        var given = ModuleFiles.Find(paths).Select(ModuleFiles.Parse).ToList();
        var builtIn = Library.BuiltIn.Select(module => module.Parsed).ToList();
        List<ParseResult> all = [.. given, .. builtIn];
        var (module, type) = Split(name);
        var roots = With(given, module, type);
        roots = roots.Count > 0 ? roots : With(builtIn, module, type);
        if (module is not null && roots.Count > 1)
        {
            roots.RemoveRange(1, roots.Count - 1);
        }

        if (roots.Count != 1)
        {
            throw roots.Count == 0
                ? CommandException.NotFound($"--type: there is no type {name}{Hint(all, module, type)}")
                : CommandException.Usage($"--type: more than one module has a type {type}; name one: {string.Join(", ", roots.SelectMany(root => root.Modules).Select(found => $"{found.Name}.{type}"))}.");
        }

        var schema = Asn1Schema.Link([roots[0], .. new ImportSearch([.. Others(given, roots[0]), .. Library.Beside(given, []).Select(ModuleFiles.Parse), .. builtIn]).Find(roots)]);
        if (schema.TryFind($"{roots[0].Modules[0].Name}.{type}", out var found))
        {
            return found;
        }

        if (roots[0].Modules[0].Assignments.Any(assignment => assignment is TypeAssignmentSyntax { Parameters.Count: > 0 } && assignment.Name == type))
        {
            throw CommandException.Usage($"--type: {name} takes parameters; name a type that gives it some.");
        }

        var fault = schema.Diagnostics.FirstOrDefault(diagnostic => diagnostic.IsError);
        throw fault is null
            ? CommandException.NotFound($"--type: there is no type {name}{Hint(all, module, type)}")
            : new CommandException(ExitCodes.CheckFailed, $"{name} cannot be compiled: {fault}");
    }

    private static (string? Module, string Type) Split(string name) => name.LastIndexOf('.') is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (null, name);

    // A file stands for the one module in it that is meant.
    private static List<ParseResult> With(IEnumerable<ParseResult> files, string? module, string type) =>
    [
        .. from file in files
           from syntax in file.Modules
           where module is null ? syntax.Assignments.Any(assignment => assignment is TypeAssignmentSyntax && assignment.Name == type) : syntax.Name == module
           select file with { Modules = [syntax] },
    ];

    private static IEnumerable<ParseResult> Others(IEnumerable<ParseResult> given, ParseResult root)
    {
        foreach (var file in given)
        {
            var others = file.Modules.Where(module => module != root.Modules[0]).ToList();
            if (others.Count > 0)
            {
                yield return file with { Modules = others };
            }
        }
    }

    private static string Hint(List<ParseResult> files, string? module, string type)
    {
        var modules = files.SelectMany(file => file.Modules).ToList();
        if (module is null || modules.Exists(found => found.Name == module))
        {
            var hint = Spelling.Near(type, modules.Where(found => module is null || found.Name == module).SelectMany(found => found.Assignments).OfType<TypeAssignmentSyntax>().Where(found => found.Parameters.Count == 0).Select(found => found.Name));
            return hint.Length == 0 ? "." : hint;
        }

        var near = Spelling.Near(module, modules.Select(found => found.Name));
        return $": no module {module} among the {modules.Count} modules of --asn1 and the built-in ones{(near.Length == 0 ? "." : near)}";
    }
}
