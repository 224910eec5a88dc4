using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is a SEQUENCE, SET or CHOICE whose components are being bound: each when it is reached, or earlier when a component relation asks for it.</summary>
internal sealed class Frame(TypeSyntax structure, Scope scope, Place place, IReadOnlyList<Member> members, IReadOnlyList<string> names, Func<Member, string, ComponentModel?> bind)
{
    private readonly Dictionary<int, ComponentModel?> _models = [];
    private readonly HashSet<int> _inProgress = [];

    /// <summary>Gets the braces.</summary>
    public TypeSyntax Structure => structure;

    /// <summary>Gets where they stand.</summary>
    public Scope Scope => scope;

    /// <summary>Gets the generated type that they become.</summary>
    public Place Place => place;

    /// <summary>Gets the components or alternatives.</summary>
    public IReadOnlyList<Member> Members => members;

    /// <summary>Gets their C# names.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Gets the index of the one that is being bound.</summary>
    public int Current { get; private set; } = -1;

    /// <summary>Gets the selectors that the generated type takes from outside, with the place where the type around it finds each.</summary>
    public List<(SelectorModel Selector, SelectorPath Source)> Parameters { get; } = [];

    /// <summary>Returns the model of a component; null where it could not be made, or needs itself.</summary>
    public ComponentModel? Model(int index)
    {
        if (_models.TryGetValue(index, out var known) || !_inProgress.Add(index))
        {
            return known;
        }

        var outer = Current;
        Current = index;
        var model = _models[index] = bind(members[index], names[index]);
        Current = outer;
        _inProgress.Remove(index);
        return model;
    }

    /// <summary>Returns the name by which the generated type takes a selector from outside.</summary>
    public string Take(SelectorModel selector, SelectorPath source)
    {
        var known = Parameters.FirstOrDefault(parameter => parameter.Source.Equals(source));
        if (known.Selector is not null)
        {
            return known.Selector.Name;
        }

        var name = selector.Name;
        while (Parameters.Any(parameter => parameter.Selector.Name == name))
        {
            name += "_";
        }

        Parameters.Add((selector with { Name = name, IsOptional = true }, source));
        return name;
    }
}
