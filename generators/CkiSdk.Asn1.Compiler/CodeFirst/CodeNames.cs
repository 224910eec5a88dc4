using CkiSdk.Asn1.Compiler.Binding;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.CodeFirst;

/// <summary>Finds the module and the ASN.1 name of the types that properties have.</summary>
internal sealed class CodeNames
{
    private readonly Dictionary<(string Space, string Name), (string Module, string? Oid, string Asn1Name)> _known = [];
    private readonly ILookup<string, string> _spacesOfModules;

    /// <summary>Takes everything that a property's type can come from.</summary>
    public CodeNames(IReadOnlyList<ParseResult> files, IReadOnlyList<CodeType> types, string rootNamespace, IReadOnlyList<ExternalModule> externals)
    {
        foreach (var type in types)
        {
            _known[(type.Namespace, type.Name)] = (ModuleName(type.Namespace), null, type.Asn1Name);
        }

        foreach (var module in files.SelectMany(file => file.Modules))
        {
            Add(module, $"{rootNamespace}.{Names.Pascal(module.Name)}");
        }

        _spacesOfModules = files.SelectMany(file => file.Modules)
            .SelectMany(module => module.Assignments.OfType<TypeAssignmentSyntax>().Select(type => (Names.Pascal(type.Name), $"{rootNamespace}.{Names.Pascal(module.Name)}")))
            .Distinct().ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
        var asked = new HashSet<string>(types.SelectMany(type => type.Members).SelectMany(member => References(member.Use)).Select(reference => reference.Namespace).OfType<string>(), StringComparer.Ordinal);
        foreach (var module in externals.Where(module => asked.Contains(module.Space)))
        {
            foreach (var syntax in module.Parsed.Modules.Take(1))
            {
                Add(syntax, module.Space);
            }
        }
    }

    /// <summary>Gets what was found wrong.</summary>
    public List<CodeFault> Faults { get; } = [];

    /// <summary>Returns the module and name of a type; null after a report.</summary>
    public (string Module, string? Oid, string Asn1Name)? Find(CodeReference reference, CodeType user, CodeMember member)
    {
        if (reference.Namespace is { } space)
        {
            if (_known.TryGetValue((space, reference.Name), out var known))
            {
                return known;
            }

            Report($"{space}.{reference.Name} has no ASN.1 type: use one of the types that the documentation lists, one that a module defines, or one with an attribute such as [Asn1Sequence]");
            return null;
        }

        var spaces = _spacesOfModules[reference.Name].ToList();
        if (spaces.Count == 1 && _known.TryGetValue((spaces[0], reference.Name), out var single))
        {
            return single;
        }

        Report(spaces.Count == 0
            ? $"{reference.Name} is neither in C# nor in a module of this project"
            : $"{reference.Name} can be that of {string.Join(" or ", spaces)}: rename one of them, or put the type into another project");
        return null;

        void Report(string message) => Faults.Add(new CodeFault(DiagnosticCodes.CodeUnsupportedType, true, message, user.FullName, member.Name));
    }

    /// <summary>Returns the name of the module that a namespace is: its parts with hyphens between.</summary>
    public static string ModuleName(string space) => string.Join("-", space.Split('.').Select(part => part.Replace("_", string.Empty)).Where(part => part.Length > 0)) is { Length: > 0 } name
        ? char.ToUpperInvariant(name[0]) + name.Substring(1)
        : "Module";

    private static IEnumerable<CodeReference> References(CodeUse? use)
    {
        for (; use is not null; use = use.Element)
        {
            if (use.Reference is { } reference)
            {
                yield return reference;
            }
        }
    }

    private void Add(ModuleSyntax module, string space)
    {
        var oid = module.Oid is BlockValueSyntax block ? ValueBinder.WrittenIdentifier(block) : null;
        foreach (var type in module.Assignments.OfType<TypeAssignmentSyntax>())
        {
            _known[(space, Names.Pascal(type.Name))] = (module.Name, oid, type.Name);
        }
    }
}
