using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is a component that a component relation constraint names.</summary>
/// <param name="Model">The selector.</param>
/// <param name="Path">Where the generated type around the open type finds it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Scope">Where that is to be understood.</param>
internal sealed record Relation(SelectorModel Model, SelectorPath Path, TypeSyntax Type, Scope Scope);

/// <summary>Finds the components that at-notations name (X.682 10.8 to 10.13).</summary>
internal sealed class RelationBinder(Peeler peeler, Components components, Reporter reporter)
{
    private readonly List<Frame> _frames = [];

    /// <summary>Gets or sets what says how C# holds a component's type.</summary>
    public TypeBinder Types { get; set; } = null!;

    /// <summary>Goes into the braces of a type.</summary>
    public void Enter(Frame frame) => _frames.Add(frame);

    /// <summary>Comes out of the braces entered last.</summary>
    public void Leave() => _frames.RemoveAt(_frames.Count - 1);

    /// <summary>Finds the components that a table constraint names; null where one is not to be had, reported where nothing has its name.</summary>
    public IReadOnlyList<Relation>? Find(Table table)
    {
        var found = new List<Relation>();
        foreach (var path in table.Paths)
        {
            if (Find(path, table) is not { } relation)
            {
                return null;
            }

            found.Add(relation);
        }

        return found;
    }

    private Relation? Find(string path, Table table)
    {
        var level = path.TakeWhile(c => c == '.').Count();
        var names = path.Substring(level).Split('.');
        var enclosing = Enclosing(table);
        if (Start(enclosing, level, names[0], table) is not { } start)
        {
            // Of a set that is not in sight it may be that the text is not either.
            if (!table.Set.IsPartial || table.Set.Objects.Count > 0)
            {
                reporter.Error(DiagnosticCodes.UnknownRelation, table.Scope.Unit, table.Span, $"@{path} names no component of a type around it");
            }

            return null;
        }

        // Where the way leads into the braces that the open type stands in, it begins there.
        var step = 0;
        while (step + 1 < names.Length && start + 1 < enclosing.Count && IsEntered(enclosing[start], names[step], enclosing[start + 1]))
        {
            start++;
            step++;
        }

        if (Follow(enclosing[start], names.Skip(step).ToList()) is not { } end)
        {
            reporter.Error(DiagnosticCodes.UnknownRelation, table.Scope.Unit, table.Span, $"@{path} names no component of a type around it");
            return null;
        }

        if (end.Relation is not { } relation)
        {
            return null;
        }

        SameSet(path, table, relation);

        var at = relation.Path;
        for (var i = start + 1; i < enclosing.Count; i++)
        {
            at = new SelectorPath(enclosing[i].Take(relation.Model, at), default);
        }

        return relation with { Path = at, Model = relation.Model with { IsOptional = relation.Model.IsOptional || start + 1 < enclosing.Count } };
    }

    // X.682 10.8: the component is limited by the same set, so that each of its values stands for an object of it.
    private void SameSet(string path, Table table, Relation relation)
    {
        if (peeler.Peel(relation.Type, relation.Scope)?.Tables is { Count: 1 } tables && !ReferenceEquals(tables[0].Set, table.Set)
            && !tables[0].Set.IsOpen && !table.Set.IsOpen && (tables[0].Set.Except(table.Set).Objects.Count > 0 || table.Set.Except(tables[0].Set).Objects.Count > 0))
        {
            reporter.Warning(DiagnosticCodes.UnknownRelation, table.Scope.Unit, table.Span, $"@{path} names a component that another object set limits");
        }
    }

    /// <summary>Returns the braces around a constraint in the same text, the outermost first.</summary>
    private List<Frame> Enclosing(Table table)
    {
        var found = new List<Frame>();
        var (inner, unit) = (table.Span, table.Scope.Unit);
        for (var i = _frames.Count - 1; i >= 0; i--)
        {
            // The component may stand in the text of another type, from which COMPONENTS OF took it.
            var (frame, member) = (_frames[i], _frames[i].Members[_frames[i].Current]);
            if (!ReferenceEquals(member.Scope.Unit, unit) || member.Syntax.Span.Start > inner.Start || member.Syntax.Span.End < inner.End)
            {
                break;
            }

            found.Insert(0, frame);
            (inner, unit) = (frame.Structure.Span, frame.Scope.Unit);
        }

        return found;
    }

    /// <summary>X.682 10.11: a name alone is one of the outermost braces, one with dots counts from the innermost.</summary>
    private int? Start(List<Frame> enclosing, int level, string name, Table table)
    {
        if (level > 0)
        {
            var index = enclosing.Count - level;
            return index >= 0 && Index(enclosing[index], name) >= 0 ? index : null;
        }

        for (var i = 0; i < enclosing.Count; i++)
        {
            if (Index(enclosing[i], name) >= 0)
            {
                if (i > 0)
                {
                    reporter.Warning(DiagnosticCodes.UnknownRelation, table.Scope.Unit, table.Span, $"@{name} names a component of the outermost type, which has none; the one further in is meant");
                }

                return i;
            }
        }

        return null;
    }

    private static int Index(Frame frame, string name)
    {
        for (var i = 0; i < frame.Members.Count; i++)
        {
            if (frame.Members[i].Syntax.Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsEntered(Frame outer, string name, Frame inner)
    {
        var type = outer.Members[outer.Current].Syntax.Type;
        while (type is TaggedTypeSyntax or ConstrainedTypeSyntax)
        {
            type = type is TaggedTypeSyntax tagged ? tagged.Type : ((ConstrainedTypeSyntax)type).Type;
        }

        return outer.Members[outer.Current].Syntax.Name == name && ReferenceEquals(type, inner.Structure);
    }

    /// <summary>Goes from component to component; null where one is not there, without a relation where one could not be bound.</summary>
    private (Relation? Relation, bool _)? Follow(Frame frame, List<string> names)
    {
        var index = Index(frame, names[0]);
        if (index < 0)
        {
            return null;
        }

        if (frame.Model(index) is not { } first)
        {
            return (null, true);
        }

        var (member, use) = (frame.Members[index], first.Use);
        var isChoice = frame.Structure is ChoiceTypeSyntax;
        var steps = new List<SelectorStep> { new(first.Asn1Name, first.Name, first.IsOptional || isChoice, isChoice ? $"{FullName(frame.Place)}.{first.Name}" : null) };
        foreach (var name in names.Skip(1))
        {
            if (Inner(member, use, name) is not { } inner)
            {
                return null;
            }

            if (inner.Use is null)
            {
                return (null, true);
            }

            steps.Add(inner.Step);
            (member, use) = (inner.Member, inner.Use);
        }

        var model = new SelectorModel(Camel(names[names.Count - 1]), use, steps.Any(step => step.IsOptional), Unwrapped(member));
        return (new Relation(model, new SelectorPath(null, new EquatableArray<SelectorStep>(steps)), member.Syntax.Type, member.Scope), true);
    }

    private (Member Member, TypeUse? Use, SelectorStep Step)? Inner(Member outer, TypeUse use, string name)
    {
        if (peeler.Definition(outer.Syntax.Type, outer.Scope) is not { Base: SequenceTypeSyntax or ChoiceTypeSyntax } definition || use.Core is not GeneratedCore core)
        {
            return null;
        }

        var isChoice = definition.Base is ChoiceTypeSyntax;
        var members = components.Members(definition.Base is SequenceTypeSyntax sequence ? sequence.Components : ((ChoiceTypeSyntax)definition.Base).Alternatives, definition.Scope);
        var dot = core.FullName.LastIndexOf('.');
        var typeName = core.FullName.Substring(dot + 1);
        var names = ComponentNames.CSharpNames(members, typeName, isChoice);
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Syntax.Name == name)
            {
                var inner = Types.Preview(members[i].Syntax.Type, members[i].Scope, core.FullName.Substring(0, dot), typeName + Names.Pascal(name));
                var isOptional = isChoice || members[i].Syntax.IsOptional || (members[i].IsAddition && members[i].Syntax.Default is null);
                return (members[i], inner, new SelectorStep(name, names[i], isOptional, isChoice ? $"{core.FullName}.{names[i]}" : null));
            }
        }

        return null;
    }

    private static string FullName(Place place) => $"global::{place.Unit.Namespace}.{place.Name}";

    private EquatableArray<string> Unwrapped(Member member)
    {
        var references = peeler.References(member.Syntax.Type, member.Scope);
        if (references.Count == 0 || peeler.Definition(member.Syntax.Type, member.Scope) is not { } definition)
        {
            return default;
        }

        var innermost = definition.Base switch
        {
            BuiltinTypeSyntax { Name: "OBJECT IDENTIFIER" } => $"{Emit.Runtime.Prefix}ObjectIdentifier",
            IntegerTypeSyntax => Types.Integer(definition, default, default).CSharpType,
            _ => null,
        };
        return innermost is null ? default : new EquatableArray<string>(references.Skip(1).Select(reference => reference.FullName).Append(innermost));
    }

    private static string Camel(string name)
    {
        var pascal = Names.Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }
}
