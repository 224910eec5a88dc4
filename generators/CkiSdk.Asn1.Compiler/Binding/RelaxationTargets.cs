using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds the type or component that a directive or a path means.</summary>
internal sealed class RelaxationTargets
{
    private readonly List<Target> _targets = [];
    private readonly SourceText _source;

    /// <summary>Takes a module.</summary>
    public RelaxationTargets(ModuleUnit unit)
    {
        _source = unit.Source;
        foreach (var assignment in unit.Syntax.Assignments.OfType<TypeAssignmentSyntax>())
        {
            Add(assignment, assignment.Name, assignment.Type);
        }
    }

    /// <summary>Returns what a path such as <c>TBSCertificate.serialNumber</c> leads to; null for nothing.</summary>
    public SyntaxNode? Find(string path) => _targets.FirstOrDefault(target => target.Path == path)?.Node;

    /// <summary>Returns what ends before the directive on its line, or else what begins there, or else what follows.</summary>
    public SyntaxNode? Find(DirectiveSyntax directive)
    {
        var line = Line(directive.Span.Start);
        var behind = _targets.Where(target => target.Node.Span.End <= directive.Span.Start && Line(target.Node.Span.End) == line).OrderByDescending(target => target.Node.Span.End).FirstOrDefault();
        var around = _targets.Where(target => target.Node.Span.Start < directive.Span.Start && Line(target.Node.Span.Start) == line).OrderByDescending(target => target.Node.Span.Start).FirstOrDefault();
        var next = _targets.Where(target => target.Node.Span.Start > directive.Span.Start).OrderBy(target => target.Node.Span.Start).FirstOrDefault();
        return (behind ?? around ?? next)?.Node;
    }

    private int Line(int position) => _source.LineAndColumn(position).Line;

    private void Add(SyntaxNode node, string path, TypeSyntax type)
    {
        _targets.Add(new Target(node, path));
        AddInner(type, path);
    }

    // The type behind tags, constraints and lists has the same path.
    private void AddInner(TypeSyntax type, string path)
    {
        switch (type)
        {
            case SequenceTypeSyntax sequence:
                Add(sequence.Components, path);
                break;
            case ChoiceTypeSyntax choice:
                Add(choice.Alternatives, path);
                break;
            case var _ when Inside(type) is { } inner:
                AddInner(inner, path);
                break;
        }
    }

    private void Add(IReadOnlyList<ComponentSyntax> entries, string path)
    {
        foreach (var entry in entries)
        {
            if (entry is ExtensionGroupSyntax group)
            {
                Add(group.Components, path);
            }
            else if (entry is NamedComponentSyntax component)
            {
                Add(component, $"{path}.{component.Name}", component.Type);
            }
        }
    }

    private static TypeSyntax? Inside(TypeSyntax type) => type switch
    {
        TaggedTypeSyntax tagged => tagged.Type,
        ConstrainedTypeSyntax constrained => constrained.Type,
        SequenceOfTypeSyntax list => list.Element,
        _ => null,
    };

    private sealed record Target(SyntaxNode Node, string Path);
}
