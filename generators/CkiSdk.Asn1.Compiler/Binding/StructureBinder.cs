using System.Numerics;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Makes the models of types that have braces: SEQUENCE, SET, CHOICE, ENUMERATED, and those with named numbers or bits.</summary>
internal sealed class StructureBinder(
    Peeler peeler, Components components, TagBinder tags, TypeBinder types, ConstraintBinder constraints, ValueConstraints permitted, RelaxationBinder relaxations, ComponentDefaults defaults, ValueNodeBinder values,
    RelationBinder relations, TagChecker checker, Reporter reporter)
{
    private enum NumberKind
    {
        Number,
        Bit,
        Item,
    }

    /// <summary>Gets the models made so far, by module.</summary>
    public Dictionary<ModuleUnit, List<TypeModel>> Models { get; } = [];

    /// <summary>Makes the model of a type under the place's name.</summary>
    /// <param name="peeled">The type.</param>
    /// <param name="place">Its name and module.</param>
    /// <param name="own">The tags that the generated type takes itself.</param>
    /// <param name="hoisted">Whether it is an inner type without a name in the module.</param>
    /// <returns>Where the type around it finds the selectors that it takes.</returns>
    public EquatableArray<SelectorPath> Declare(Peeled peeled, Place place, IReadOnlyList<TagModel> own, bool hoisted)
    {
        var asn1Name = hoisted ? place.Name : place.Assignment.Name;
        var (module, space, doc) = (place.Unit.Syntax.Name, place.Unit.Namespace, place.Doc(hoisted));
        var chain = new EquatableArray<TagModel>(own);
        TypeModel? model = null;
        Frame? frame = null;
        switch (peeled.Base)
        {
            case SequenceTypeSyntax sequence:
                frame = Enter(sequence, sequence.Components, peeled.Scope, place);
                var (bound, unknownAt) = Sequence(sequence, peeled.Scope, frame);
                model = new RecordModel(module, space, asn1Name, place.Name, doc, bound, chain, unknownAt) { IsSet = sequence.IsSet, Constraint = constraints.Bind(peeled), Relaxations = place.Relaxations };
                break;
            case ChoiceTypeSyntax choice:
                frame = Enter(choice, choice.Alternatives, peeled.Scope, place);
                var alternatives = new EquatableArray<ComponentModel>(Members(frame).Select(alternative => alternative with { IsOptional = false }));
                checker.Check(choice, peeled.Scope);
                model = new ChoiceModel(module, space, asn1Name, place.Name, doc, alternatives, chain, IsExtensible(choice.Alternatives, peeled.Scope)) { Constraint = constraints.Bind(peeled), Relaxations = place.Relaxations };
                break;
            case EnumeratedTypeSyntax enumerated:
                var items = Items(enumerated, peeled.Scope, place.Name);
                model = new EnumModel(module, space, asn1Name, place.Name, doc, items, chain, enumerated.IsExtensible || peeled.Scope.Unit.Syntax.IsExtensibilityImplied) { Constraint = constraints.Bind(peeled), Relaxations = place.Relaxations };
                break;
            case IntegerTypeSyntax integer:
                model = new WrapperModel(module, space, asn1Name, place.Name, doc, types.Integer(peeled, chain, place.Relaxations) with { Relaxations = place.Relaxations }, Numbers(integer.Names, peeled.Scope, place.Name, NumberKind.Number));
                break;
            case BitStringTypeSyntax bits:
                var method = bits.Names.Count > 0 ? "NamedBitString" : "BitString";
                model = new WrapperModel(module, space, asn1Name, place.Name, doc, TypeBinder.Runtime("BitString", method, chain, constraints.Bind(peeled)) with { Relaxations = place.Relaxations }, Numbers(bits.Names, peeled.Scope, place.Name, NumberKind.Bit));
                break;
        }

        if (model is not null)
        {
            Add(place.Unit, frame is null ? model : model with { Parameters = new EquatableArray<SelectorModel>(frame.Parameters.Select(parameter => parameter.Selector)) });
        }

        return frame is null ? default : new EquatableArray<SelectorPath>(frame.Parameters.Select(parameter => parameter.Source));
    }

    /// <summary>Returns the models of a module.</summary>
    public List<TypeModel> Of(ModuleUnit unit)
    {
        if (!Models.TryGetValue(unit, out var list))
        {
            Models.Add(unit, list = []);
        }

        return list;
    }

    /// <summary>Adds a model.</summary>
    public void Add(ModuleUnit unit, TypeModel model)
    {
        Of(unit).Add(unit.ViewOf(model.Name) is { } view ? model with { View = view } : model);
    }

    private (EquatableArray<ComponentModel> Components, int? UnknownAt) Sequence(SequenceTypeSyntax sequence, Scope scope, Frame frame)
    {
        var members = Members(frame);
        int? unknownAt = null;
        if (IsExtensible(sequence.Components, scope))
        {
            unknownAt = components.AdditionsEnd(sequence.Components, scope) is { } end && !sequence.IsSet ? Math.Min(end, members.Count) : members.Count;
        }

        // X.690 10.3: the components of a SET are encoded in the order of their tags.
        var ordered = sequence.IsSet ? members.OrderBy(member => member.StartTags.Count > 0 ? member.StartTags.Min() : default).ToList() : members;
        var result = new EquatableArray<ComponentModel>(ordered);
        checker.Check(sequence, scope);
        return (result, unknownAt);
    }

    private Frame Enter(TypeSyntax structure, IReadOnlyList<ComponentSyntax> entries, Scope scope, Place place)
    {
        var members = components.Members(entries, scope);
        foreach (var group in members.GroupBy(member => ComponentNames.Asn1Name(member.Syntax), StringComparer.Ordinal))
        {
            foreach (var again in group.Skip(1))
            {
                reporter.Error(DiagnosticCodes.DuplicateName, again.Scope.Unit, again.Syntax.Span, $"there are two components {group.Key}");
            }
        }

        var names = ComponentNames.CSharpNames(members, place.Name, structure is ChoiceTypeSyntax);
        return new Frame(structure, scope, place, members, names, (member, name) => Bind(member, place, name));
    }

    private List<ComponentModel> Members(Frame frame)
    {
        relations.Enter(frame);
        var models = Enumerable.Range(0, frame.Members.Count).Select(frame.Model).OfType<ComponentModel>().ToList();
        relations.Leave();
        return [.. models.Select(model => ComponentDefaults.Distinguish(model, frame.Names))];
    }

    private ComponentModel? Bind(Member member, Place place, string name)
    {
        var (component, scope) = (member.Syntax, member.Scope);
        var asn1Name = ComponentNames.Asn1Name(component);
        var relaxed = relaxations.Of(component);
        var use = types.Use(component.Type, scope, place.Inner(asn1Name) with { Relaxations = relaxed & ~Relaxations.DefaultEncoded });
        if (use is null || peeler.Peel(component.Type, scope) is not { } peeled)
        {
            return null;
        }

        var chain = use.Tags.ToList();
        if (member.AutomaticTag is { } number)
        {
            TagBinder.Apply(chain, TagModelClass.Context, number, true);
            use = use with { Tags = new EquatableArray<TagModel>(chain) };
        }

        var starts = new EquatableArray<TagModel>(tags.Starts(peeled, chain));
        var model = new ComponentModel(asn1Name, name, use, component.IsOptional, null, starts, KeepsOctets(component, scope, use), component.Comment);
        model = defaults.Apply(model, member, $"global::{place.Unit.Namespace}.{place.Name}");
        model = model.Default is not null && (relaxed & Relaxations.DefaultEncoded) != Relaxations.None ? model with { EncodedMember = $"{name}IsEncoded" } : model;
        if (model.DefaultValue is { } node && component.Default is { } written)
        {
            permitted.Check(node, component.Type, scope, written, scope.Unit);
        }

        return model;
    }

    private static bool KeepsOctets(NamedComponentSyntax component, Scope scope, TypeUse use) =>
        (component.IsSigned || (component.Type is TypeReferenceSyntax dummy && scope.Definition?.Name == "SIGNED" && scope.Find(dummy.Name) is not null))
        && use.Core is GeneratedCore { Kind: not GeneratedKind.Enum };

    private EquatableArray<NamedNumberModel> Items(EnumeratedTypeSyntax type, Scope scope, string typeName) =>
        Numbers(EnumeratedNumbers.Assign(type, item => values.NumberOf(item, scope)), scope, typeName, NumberKind.Item);

    private EquatableArray<NamedNumberModel> Numbers(IReadOnlyList<NamedNumberSyntax> names, Scope scope, string typeName, NumberKind kind) =>
        Numbers([.. names.Select(name => (name, values.NumberOf(name, scope)))], scope, typeName, kind);

    private EquatableArray<NamedNumberModel> Numbers(IReadOnlyList<(NamedNumberSyntax Item, BigInteger? Number)> names, Scope scope, string typeName, NumberKind kind)
    {
        var (least, most) = kind switch { NumberKind.Item => (int.MinValue, int.MaxValue), NumberKind.Bit => (BigInteger.Zero, ValueNodeBinder.MostBits), _ => ((BigInteger?)null, (BigInteger?)null) };
        var result = new List<NamedNumberModel>();
        var (given, numbers, members) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<BigInteger>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (name, number) in names)
        {
            if (number is null)
            {
                continue;
            }

            if (number > most || number < least)
            {
                reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, name.Span, $"the number of {name.Name} is {number}; expected one from {least} to {most}");
                continue;
            }

            // X.680 19.3, 20.4, 22.4: neither a name nor a number is given twice.
            if (!given.Add(name.Name) || (!numbers.Add(number.Value) && kind == NumberKind.Item))
            {
                reporter.Error(DiagnosticCodes.DuplicateName, scope.Unit, name.Span, $"the name or number of {name.Name} is already used");
                continue;
            }

            result.Add(new NamedNumberModel(name.Name, CSharpName(name.Name, typeName, kind == NumberKind.Item, members), number.Value));
        }

        return new EquatableArray<NamedNumberModel>(result);
    }

    private static string CSharpName(string asn1Name, string typeName, bool enumerated, HashSet<string> others)
    {
        var name = enumerated ? Names.Member(asn1Name, typeName) : Names.OfValue(asn1Name, typeName);
        while (!others.Add(name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>Says whether values may hold what is not written: by a marker, or because the module says so of all types (X.680 13.4).</summary>
    internal static bool IsExtensible(IReadOnlyList<ComponentSyntax> entries, Scope scope) =>
        entries.OfType<ExtensionMarkerSyntax>().Any() || scope.Unit.Syntax.IsExtensibilityImplied;
}
