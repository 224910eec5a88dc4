namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is a C# type to emit.</summary>
/// <param name="Module">The module's name.</param>
/// <param name="Namespace">The C# namespace.</param>
/// <param name="Asn1Name">The name in the module; of a hoisted inner type, its C# name.</param>
/// <param name="Name">The C# name.</param>
/// <param name="Doc">Where it comes from.</param>
public abstract record TypeModel(string Module, string Namespace, string Asn1Name, string Name, DocModel Doc)
{
    /// <summary>Gets the full C# name.</summary>
    public string FullName => $"global::{Namespace}.{Name}";

    /// <summary>Gets what sets the generated file's name apart from another that differs in the case of letters only; empty for most.</summary>
    public string FileSuffix { get; init; } = string.Empty;

    /// <summary>Gets what its values must keep to; of a <see cref="WrapperModel"/>, its use has that.</summary>
    public ConstraintModel? Constraint { get; init; }

    /// <summary>Gets what its decoder is told to admit.</summary>
    public Relaxations Relaxations { get; init; }

    private readonly string? _view;

    /// <summary>Gets the full name of its view.</summary>
    public string View
    {
        get => _view ?? FullName + "View";
        init => _view = value;
    }

    /// <summary>Gets what of the type is written in C# already; null where all of it is generated.</summary>
    public OwnType? Own { get; init; }

    /// <summary>Gets the selectors that its decoder and its encoder take from outside, for open types in it that a component further out decides; none for most.</summary>
    public EquatableArray<SelectorModel> Parameters { get; init; }
}

/// <summary>Is a SEQUENCE or SET.</summary>
/// <param name="Components">The components in the order of their encoding.</param>
/// <param name="Tags">The type's own tags, from the outside in.</param>
/// <param name="UnknownAt">The index of the component before which unknown extension additions stand; null where the type is not extensible.</param>
public sealed record RecordModel(
    string Module, string Namespace, string Asn1Name, string Name, DocModel Doc,
    EquatableArray<ComponentModel> Components, EquatableArray<TagModel> Tags, int? UnknownAt) : TypeModel(Module, Namespace, Asn1Name, Name, Doc)
{
    /// <summary>Gets whether it is a SET; its tags do not always tell.</summary>
    public bool IsSet { get; init; }

    /// <summary>Gets whether the order of the components is seen from the octets alone: in a SET that is extensible, or has a CHOICE without a tag (X.690 10.3).</summary>
    public bool IsOrderedByTag => IsSet && (UnknownAt is not null || Components.Any(component => component.StartTags.Count > 1));
}

/// <summary>Is a CHOICE.</summary>
/// <param name="Alternatives">The alternatives.</param>
/// <param name="Tags">Explicit tags of the assignment around the choice.</param>
/// <param name="IsExtensible">Whether unknown alternatives are kept.</param>
public sealed record ChoiceModel(
    string Module, string Namespace, string Asn1Name, string Name, DocModel Doc,
    EquatableArray<ComponentModel> Alternatives, EquatableArray<TagModel> Tags, bool IsExtensible) : TypeModel(Module, Namespace, Asn1Name, Name, Doc);

/// <summary>Is an ENUMERATED.</summary>
/// <param name="Items">The items.</param>
/// <param name="Tags">The type's own tags.</param>
/// <param name="IsExtensible">Whether other numbers are kept.</param>
public sealed record EnumModel(
    string Module, string Namespace, string Asn1Name, string Name, DocModel Doc,
    EquatableArray<NamedNumberModel> Items, EquatableArray<TagModel> Tags, bool IsExtensible) : TypeModel(Module, Namespace, Asn1Name, Name, Doc);

/// <summary>Is any other type that is given a name: a struct around its value.</summary>
/// <param name="Use">The value.</param>
/// <param name="Names">Named numbers or named bits.</param>
public sealed record WrapperModel(
    string Module, string Namespace, string Asn1Name, string Name, DocModel Doc,
    TypeUse Use, EquatableArray<NamedNumberModel> Names) : TypeModel(Module, Namespace, Asn1Name, Name, Doc)
{
    /// <summary>Gets the property that holds the list where the type is written in C# already; null where it is generated.</summary>
    public OwnMember? OwnValue { get; init; }
}

/// <summary>Is an open type that a component relation constraint ties to an object set (X.682 10.7): the union of the types of the set's objects.</summary>
/// <remarks>It is no type of its own: its decoder takes the selectors.</remarks>
/// <param name="Selectors">What chooses the alternative.</param>
/// <param name="Alternatives">The objects of the set, those without a type among them.</param>
/// <param name="IsExtensible">Whether other selectors are permitted: their values are kept as received, or read as types registered at run time.</param>
/// <param name="IsContained">Whether it stands in an OCTET STRING or BIT STRING (X.682 11): then an unknown value may be any octets.</param>
/// <param name="Notation">The constraint as the module writes it.</param>
public sealed record UnionModel(
    string Module, string Namespace, string Asn1Name, string Name, DocModel Doc,
    EquatableArray<SelectorModel> Selectors, EquatableArray<UnionAlternativeModel> Alternatives,
    bool IsExtensible, bool IsContained, string Notation) : TypeModel(Module, Namespace, Asn1Name, Name, Doc)
{
    /// <summary>Gets whether the string that contains it is a BIT STRING.</summary>
    public bool IsBits { get; init; }
}

/// <summary>Is the class of a module's values.</summary>
/// <param name="Values">The values.</param>
public sealed record ValuesModel(
    string Module, string Namespace, string Asn1Name, string Name, DocModel Doc,
    EquatableArray<ValueModel> Values) : TypeModel(Module, Namespace, Asn1Name, Name, Doc);
