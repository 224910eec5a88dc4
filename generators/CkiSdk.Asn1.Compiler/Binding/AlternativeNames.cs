using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Names the alternatives of a union: after the type, where several have the same one after the object, and where that has no name after the key.</summary>
internal static class AlternativeNames
{
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Unknown", "Registered", "Register", "Validate", "Matches", "FindObject", "Registrations", "EncodeValue", "Raw", "Value", "Value_", "T",
    };

    /// <summary>Returns the names in the order of the objects.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<(string? Object, Argument? Type, string Key)> entries, string unionName)
    {
        var types = entries.Select(entry => entry.Type is { } type ? Name(type.Syntax.Type, type.Scope) : "None").ToList();
        var counts = types.GroupBy(type => type, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var (names, given) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < entries.Count; i++)
        {
            var isAlone = counts[types[i]] == 1;
            var name = isAlone ? types[i]
                : entries[i].Object is { } own ? Names.Pascal(own)
                : types[i] + "_" + entries[i].Key.Replace('.', '_').Replace('-', '_');
            name = Names.Member(name, unionName);
            while (Taken.Contains(name) || !given.Add(name))
            {
                name += "_";
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>Gives selectors of the same name different ones.</summary>
    public static IReadOnlyList<SelectorModel> Distinct(IEnumerable<SelectorModel> selectors)
    {
        var found = new List<SelectorModel>();
        foreach (var selector in selectors)
        {
            var name = selector.Name;
            while (found.Any(other => other.Name == name))
            {
                name += "_";
            }

            found.Add(selector with { Name = name });
        }

        return found;
    }

    private static string Name(TypeSyntax? type, Scope scope) => type switch
    {
        TypeReferenceSyntax reference when scope.Find(reference.Name) is { } dummy => Name(dummy.Syntax.Type, dummy.Scope),
        TypeReferenceSyntax reference => Names.Pascal(reference.Name),
        TaggedTypeSyntax tagged => Name(tagged.Type, scope),
        ConstrainedTypeSyntax constrained => Name(constrained.Type, scope),
        ClassFieldTypeSyntax field => Names.Pascal(field.Fields[field.Fields.Count - 1].Substring(1)),
        SelectionTypeSyntax selection => Names.Pascal(selection.Alternative),
        SequenceOfTypeSyntax { IsSet: true } => "SetOf",
        SequenceOfTypeSyntax => "SequenceOf",
        SequenceTypeSyntax { IsSet: true } => "Set",
        SequenceTypeSyntax => "Sequence",
        ChoiceTypeSyntax => "Choice",
        EnumeratedTypeSyntax => "Enumerated",
        IntegerTypeSyntax => "Integer",
        BitStringTypeSyntax => "BitString",
        BuiltinTypeSyntax builtin => Builtin(builtin.Name),
        _ => "Any",
    };

    private static string Builtin(string name) => string.Concat(name.Split(' ', '-').Select(word =>
        word.All(char.IsUpper) ? word.Substring(0, 1) + word.Substring(1).ToLowerInvariant() : word));
}
