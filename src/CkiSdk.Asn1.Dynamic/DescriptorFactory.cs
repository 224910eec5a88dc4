using CkiSdk.Asn1.Compiler.Emit;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Dynamic;

/// <summary>Makes the descriptors that generated types would have, from the same models.</summary>
/// <remarks>What the models say is turned into calls of the runtime here as <c>DescriptorEmitter</c> turns it into the C# of those calls.</remarks>
internal sealed class DescriptorFactory
{
    private readonly Dictionary<string, TypeModel> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnionModel> _unions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeDescriptor> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenTypeDescriptor> _tables = new(StringComparer.Ordinal);

    /// <summary>Takes the models of all modules.</summary>
    public DescriptorFactory(IEnumerable<TypeModel> models)
    {
        foreach (var model in models)
        {
            if (model is UnionModel union)
            {
                _unions.TryAdd(union.FullName, union);
            }
            else if (IsDescribed(model))
            {
                _models.TryAdd(model.FullName, model);
            }
        }
    }

    /// <summary>Says whether a model is that of a type.</summary>
    public static bool IsDescribed(TypeModel model) => model is RecordModel or ChoiceModel or EnumModel or WrapperModel;

    /// <summary>Returns the descriptor of a type by its full C# name; null where there is none.</summary>
    public TypeDescriptor? Find(string fullName) => _models.TryGetValue(fullName, out var model) ? Get(model) : null;

    /// <summary>Returns the descriptor of a model.</summary>
    public TypeDescriptor Get(TypeModel model)
    {
        lock (_made)
        {
            if (!_made.TryGetValue(model.FullName, out var type))
            {
                type = Make(model);
                _made.Add(model.FullName, type);
            }

            return type;
        }
    }

    private OpenTypeDescriptor Table(UnionModel union)
    {
        lock (_tables)
        {
            if (!_tables.TryGetValue(union.FullName, out var table))
            {
                table = new OpenTypeDescriptor(union.Name, union.IsExtensible, union.Notation, () => [.. union.Alternatives.Select(Alternative)]);
                _tables.Add(union.FullName, table);
            }

            return table;
        }
    }

    private OpenTypeAlternative Alternative(UnionAlternativeModel alternative) =>
        new(alternative.Name, alternative.Use is { } use ? Use(use) : null, [.. alternative.Keys.Select(DescriptorKinds.Key)]);

    private TypeDescriptor Make(TypeModel model)
    {
        var type = Whole(model);
        return model.Parameters.Count > 0 ? type.Taking([.. model.Parameters.Select(parameter => parameter.Name)]) : type;
    }

    private static SelectorPath[] Paths(EquatableArray<Compiler.Model.SelectorPath> paths) =>
        [.. paths.Select(path => new SelectorPath(path.Parameter, [.. path.Steps.Select(step => step.Asn1Name)]))];

    private TypeDescriptor Whole(TypeModel model) => model is not WrapperModel && model.Constraint is { } constraint && ConstraintFactory.IsDescribed(constraint.Node) && !Has(model.Relaxations, Relaxations.ConstraintViolated)
        ? Bare(model).Restricted(constraint.Notation, () => ConstraintFactory.Make(constraint.Node))
        : Bare(model);

    private TypeDescriptor Bare(TypeModel model) => model switch
    {
        RecordModel record => TypeDescriptor.Structure(
            record.IsSet ? TypeKind.Set : TypeKind.Sequence, record.Module, record.Asn1Name, record.UnknownAt ?? -1, () => Components(record.Components), Tags(record.Tags)),
        ChoiceModel choice => TypeDescriptor.Structure(
            TypeKind.Choice, choice.Module, choice.Asn1Name, choice.IsExtensible ? choice.Alternatives.Count : -1, () => Components(choice.Alternatives), Tags(choice.Tags)),
        EnumModel items => TypeDescriptor.Enumeration(items.Module, items.Asn1Name, items.IsExtensible, Numbers(items.Items), Tags(items.Tags)),
        WrapperModel wrapper => TypeDescriptor.Named(
            wrapper.Module, wrapper.Asn1Name, () => Use(wrapper.Use), wrapper.Names.Count > 0 ? Numbers(wrapper.Names) : null),
        _ => throw new InvalidOperationException(model.GetType().Name),
    };

    private ComponentDescriptor[] Components(EquatableArray<ComponentModel> components) =>
        [.. components.Select(component => DescriptorKinds.Default(component) is { } octets
            ? new ComponentDescriptor(component.Asn1Name, Use(component.Use)) { Default = Convert.FromHexString(octets), Group = component.Group, AdmitsEncodedDefault = component.EncodedMember is not null }
            : new ComponentDescriptor(component.Asn1Name, Use(component.Use)) { IsOptional = component.IsOptional || component.Default is not null, Group = component.Group, IsRequiredInGroup = component.IsRequiredInGroup })];

    private TypeDescriptor Use(TypeUse use)
    {
        var type = Bare(use);
        if (Has(use.Relaxations, Relaxations.UntrimmedNamedBits | Relaxations.UnsortedSetOf))
        {
            type = type.Relaxed(Has(use.Relaxations, Relaxations.UntrimmedNamedBits), Has(use.Relaxations, Relaxations.UnsortedSetOf));
        }

        return use.Constraint is { } constraint && ConstraintFactory.IsDescribed(constraint.Node) && !Has(use.Relaxations, Relaxations.ConstraintViolated)
            ? type.Constrained(constraint.Notation, () => ConstraintFactory.Make(constraint.Node))
            : type;
    }

    private static bool Has(Relaxations relaxations, Relaxations wanted) => (relaxations & wanted) != Relaxations.None;

    private TypeDescriptor Bare(TypeUse use) => use.Core switch
    {
        RuntimeCore { Method: "External" } => External.Descriptor.As(Tags(use.Tags)),
        RuntimeCore { Method: "EmbeddedPdv" } => EmbeddedPdv.Descriptor.As(Tags(use.Tags)),
        RuntimeCore { Method: "CharacterString" } => CharacterString.Descriptor.As(Tags(use.Tags)),
        RuntimeCore { Method: "InstanceOf" } => InstanceOf.Descriptor.As(Tags(use.Tags)),
        RuntimeCore core => TypeDescriptor.Of(Kind(core), Tags(use.Tags)),
        GeneratedCore core when Find(core.FullName) is { } type => core.Selectors.Count > 0 ? type.As(Tags(use.Tags)).Selecting(Paths(core.Selectors)) : type.As(Tags(use.Tags)),
        UnionCore core when _unions.TryGetValue(core.FullName, out var union) => TypeDescriptor.Open(Table(union), Paths(core.Selectors), Tags(use.Tags)),
        ContainedCore core => TypeDescriptor.Container(core.IsBits ? TypeKind.BitString : TypeKind.OctetString, Use(core.Inner), Tags(use.Tags)),
        ListCore core => TypeDescriptor.List(core.IsSet ? TypeKind.SetOf : TypeKind.SequenceOf, Use(core.Element), Tags(use.Tags)),
        _ => TypeDescriptor.Of(TypeKind.Any, Tags(use.Tags)),
    };

    private static TypeKind Kind(RuntimeCore core) => Enum.TryParse<TypeKind>(DescriptorKinds.Of(core), out var kind) ? kind : TypeKind.Any;

    private static Tag[] Tags(EquatableArray<TagModel> tags) => [.. tags.Select(tag => new Tag(Class(tag.Class), tag.Number, tag.IsConstructed))];

    private static TagClass Class(TagModelClass tagClass) => tagClass switch
    {
        TagModelClass.Universal => TagClass.Universal,
        TagModelClass.Application => TagClass.Application,
        TagModelClass.Private => TagClass.Private,
        _ => TagClass.ContextSpecific,
    };

    private static NamedNumber[] Numbers(EquatableArray<NamedNumberModel> numbers) => [.. numbers.Select(number => new NamedNumber(number.Asn1Name, number.Value))];
}
