using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Says where a type is used: in which generated type, under which name an inner type would be hoisted, with which comment.</summary>
internal sealed record Place(ModuleUnit Unit, string Name, AssignmentSyntax Assignment)
{
    /// <summary>Gets what a decoder is told to admit here.</summary>
    public Relaxations Relaxations { get; init; }

    /// <summary>Returns the place of a component or element in this type.</summary>
    public Place Inner(string component) => this with { Name = Name + Names.Pascal(component) };

    /// <summary>Returns what the doc comment of a type at this place tells.</summary>
    public DocModel Doc(bool hoisted)
    {
        var text = Unit.Source.Text.Substring(Assignment.Span.Start, Assignment.Span.Length);
        var file = Unit.Source.Path.Replace('\\', '/');
        return new DocModel(
            hoisted ? $"Is an inner type of {Assignment.Name}." : Assignment.Comment,
            text,
            file.Substring(file.LastIndexOf('/') + 1));
    }
}
