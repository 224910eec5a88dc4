using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Names components and alternatives, in the module and in C#.</summary>
internal static class ComponentNames
{
    /// <summary>Returns the identifier; an unnamed component (X.208) has one after its type.</summary>
    public static string Asn1Name(NamedComponentSyntax component) => component.Name ?? Unnamed(component.Type);

    /// <summary>Returns the C# names of all members of a type, each one once: two names can differ in a hyphen only.</summary>
    public static IReadOnlyList<string> CSharpNames(IReadOnlyList<Member> members, string typeName, bool isChoice)
    {
        var names = new List<string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            var asn1Name = Asn1Name(member.Syntax);
            var name = isChoice ? Names.OfValue(asn1Name, typeName) : Names.Member(asn1Name, typeName);
            while (!taken.Add(name))
            {
                name += "_";
            }

            names.Add(name);
        }

        return names;
    }

    private static string Unnamed(TypeSyntax type) => type switch
    {
        TypeReferenceSyntax reference => reference.Name,
        TaggedTypeSyntax tagged => Unnamed(tagged.Type),
        ConstrainedTypeSyntax constrained => Unnamed(constrained.Type),
        ChoiceTypeSyntax => "choice",
        SequenceTypeSyntax { IsSet: true } => "set",
        SequenceTypeSyntax => "sequence",
        BuiltinTypeSyntax builtin => builtin.Name.ToLowerInvariant().Replace(' ', '-'),
        IntegerTypeSyntax => "integer",
        _ => "value",
    };
}
