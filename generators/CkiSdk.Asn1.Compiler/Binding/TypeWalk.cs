using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Goes through the types that are written in an assignment, the inner ones too.</summary>
internal static class TypeWalk
{
    /// <summary>Returns the types of an assignment in the order of the text, each before those that it holds.</summary>
    public static IEnumerable<TypeSyntax> Types(AssignmentSyntax assignment) => assignment switch
    {
        TypeAssignmentSyntax type => Inside(type.Type),
        ValueAssignmentSyntax value => Inside(value.Governor),
        SetAssignmentSyntax set => Inside(set.Governor),
        ClassAssignmentSyntax definition => definition.Class.Fields.Where(field => field.Governor is not null).SelectMany(field => Inside(field.Governor!)),
        _ => [],
    };

    private static IEnumerable<TypeSyntax> Inside(TypeSyntax start)
    {
        // A list instead of recursion: types can be nested as deep as the parser permits.
        var waiting = new Stack<TypeSyntax>();
        waiting.Push(start);
        while (waiting.Count > 0)
        {
            var type = waiting.Pop();
            yield return type;
            foreach (var inner in Parts(type).Reverse())
            {
                waiting.Push(inner);
            }
        }
    }

    private static IEnumerable<TypeSyntax> Parts(TypeSyntax type) => type switch
    {
        TaggedTypeSyntax tagged => [tagged.Type],
        ConstrainedTypeSyntax { Constraint.Root: ContentsConstraintSyntax { Type: { } contained } } constrained => [constrained.Type, contained],
        ConstrainedTypeSyntax constrained => [constrained.Type],
        SequenceOfTypeSyntax list => [list.Element],
        SelectionTypeSyntax selection => [selection.Choice],
        TypeReferenceSyntax { Arguments: { } arguments } => arguments.Where(argument => argument.Type is not null).Select(argument => argument.Type!),
        SequenceTypeSyntax sequence => Parts(sequence.Components),
        ChoiceTypeSyntax choice => Parts(choice.Alternatives),
        _ => [],
    };

    private static IEnumerable<TypeSyntax> Parts(IEnumerable<ComponentSyntax> components) => components.SelectMany(component => component switch
    {
        NamedComponentSyntax named => [named.Type],
        ComponentsOfSyntax included => [included.Type],
        ExtensionGroupSyntax group => Parts(group.Components),
        _ => Enumerable.Empty<TypeSyntax>(),
    });
}
