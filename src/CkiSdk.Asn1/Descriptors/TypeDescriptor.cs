namespace CkiSdk.Asn1;

/// <summary>Describes an ASN.1 type at run time: what each generated type says of itself, and what modules that are compiled at run time give.</summary>
/// <remarks>
/// Descriptors form a graph, circles included, in which each type by name occurs once; parts are made when they are first asked for. A type that
/// is another one by a new name, under other tags or with a constraint has that one as its <see cref="Base"/> and shows the rest of it as its own.
/// </remarks>
public sealed partial class TypeDescriptor
{
    // Which types this thread is making the base of: another thread's work is no circle of this one's.
    [ThreadStatic]
    private static List<TypeDescriptor>? _making;

    private readonly TypeKind _kind;
    private readonly Tag[]? _tags;
    private readonly NamedNumber[]? _names;
    private readonly Func<ComponentDescriptor[]>? _makeComponents;
    private readonly Func<TypeDescriptor>? _makeBase;
    private readonly TypeDescriptor? _element;
    private ComponentDescriptor[]? _components;
    private Func<Constraint>? _makeConstraint;
    private TypeDescriptor? _base;
    private Constraint? _constraint;

    /// <summary>Gets the name of the module; empty for a type that has no name.</summary>
    public string Module { get; private init; } = "";

    /// <summary>Gets the name in the module, for an inner type the one that its C# type has; empty for a type that has none.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Gets the type that this one is by another name, under other tags or with a constraint; null for one that is built from its parts.</summary>
    public TypeDescriptor? Base => _base ?? (_makeBase is null ? null : MakeBase(_makeBase));

    /// <summary>Gets the builtin type.</summary>
    public TypeKind Kind => Base is { } inner ? inner.Kind : _kind;

    /// <summary>Gets all tags from the outside in; none for an untagged CHOICE and for an element of any tag.</summary>
    public IReadOnlyList<Tag> Tags => _tags ?? Base?.Tags ?? [];

    /// <summary>Gets the components of a SEQUENCE or SET in the order of their encoding, or the alternatives of a CHOICE.</summary>
    public IReadOnlyList<ComponentDescriptor> Components => Base is { } inner ? inner.Components : _components ??= _makeComponents?.Invoke() ?? [];

    /// <summary>Gets the constraint that this type adds to those of its <see cref="Base"/>; null for none.</summary>
    public Constraint? Constraint => _constraint ?? (_makeConstraint is null ? null : Interlocked.CompareExchange(ref _constraint, _makeConstraint(), null) ?? _constraint);

    /// <summary>Gets that constraint as the module writes it; empty for none.</summary>
    public string ConstraintNotation { get; private set; } = "";

    /// <summary>Gets the type of the elements of a SEQUENCE OF or SET OF; null for other types.</summary>
    public TypeDescriptor? Element => Base is { } inner ? inner.Element : IsList ? _element : null;

    /// <summary>Gets the named numbers, the named bits or the items of an enumeration.</summary>
    public IReadOnlyList<NamedNumber> Names => _names ?? Base?.Names ?? [];

    /// <summary>Gets a value indicating whether later versions of the type may hold more: components, alternatives or items.</summary>
    public bool IsExtensible => Base is { } inner ? inner.IsExtensible : UnknownIndex >= 0;

    /// <summary>Gets the index of the component before which unknown extension additions stand; null where the type is not extensible.</summary>
    public int? UnknownAt => Base is { } inner ? inner.UnknownAt : UnknownIndex >= 0 ? UnknownIndex : null;

    /// <summary>Gets the type whose encoding stands in this OCTET STRING or BIT STRING (X.682 11); null for none.</summary>
    public TypeDescriptor? Contained => Base is { } inner ? inner.Contained : _element is { } content && !IsList ? content : null;

    /// <summary>Gets the one size that the type has; null where it may have several.</summary>
    internal int? FixedSize => ConstraintBounds.Of(this, ConstraintBounds.Sizes, onlyStrict: true) is var sizes && sizes.Minimum is { } size && size == sizes.Maximum && size <= int.MaxValue ? (int)size : null;

    /// <summary>Gets a value indicating whether the type has a name in its module.</summary>
    public bool IsNamed => Name.Length > 0;

    /// <summary>Gets a value indicating whether an encoding is a series of components: SEQUENCE, SET and the types that are defined as one.</summary>
    public bool IsStructure => Kind is TypeKind.Sequence or TypeKind.Set or TypeKind.External or TypeKind.EmbeddedPdv or TypeKind.CharacterString;

    /// <summary>Gets a value indicating whether the type is SEQUENCE OF or SET OF.</summary>
    public bool IsList => Kind is TypeKind.SequenceOf or TypeKind.SetOf;

    /// <summary>Gets a value indicating whether a BIT STRING of named bits may end with zeros, against X.690 11.2.2.</summary>
    public bool AdmitsTrailingZeros { get => field || Base?.AdmitsTrailingZeros == true; private set; }

    /// <summary>Gets a value indicating whether the elements of a SET OF may stand in any order, against X.690 11.6.</summary>
    public bool AdmitsAnyOrder { get => field || Base?.AdmitsAnyOrder == true; private set; }

    private int UnknownIndex { get; init; } = -1;

    private TypeDescriptor MakeBase(Func<TypeDescriptor> make)
    {
        (_making ??= []).Add(this);
        try
        {
            return Publish(ref _base, make());
        }
        finally
        {
            _making.RemoveAt(_making.Count - 1);
        }
    }

    /// <summary>Says whether an encoding can begin with a tag.</summary>
    /// <param name="tag">The tag of the next element.</param>
    public bool StartsWith(Tag tag) => Matches(tag, anyForm: false);

    /// <summary>Gets a value indicating whether an encoding can begin with any tag.</summary>
    internal bool StartsWithAny => Tags.Count == 0 && (Kind == TypeKind.Any || (Kind == TypeKind.Choice && Components.Any(alternative => alternative.Type.StartsWithAny)));

    /// <summary>Says whether an encoding can begin with a tag, in whichever form where BER may have another than DER.</summary>
    internal bool Matches(Tag tag, bool anyForm)
    {
        if (Tags.Count > 0)
            return Tags[0] == tag || (anyForm && Tags.Count == 1 && ElementParser.IsString(Kind) && Tags[0].AsPrimitive() == tag.AsPrimitive());
        if (Kind != TypeKind.Choice)
            return Kind == TypeKind.Any;
        foreach (var alternative in Components)
        {
            if (alternative.Type.Matches(tag, anyForm))
                return true;
        }

        return false;
    }

    /// <summary>Finds a component or alternative by its identifier; null for none.</summary>
    /// <param name="name">The identifier in the module.</param>
    public ComponentDescriptor? Find(string name)
    {
        foreach (var component in Components)
        {
            if (component.Name == name)
                return component;
        }

        return null;
    }

    /// <summary>Gives the name, or what the type is.</summary>
    public override string ToString() => IsNamed ? Name : Base is { } inner ? inner.ToString() : IsList ? $"{Words(Kind)} {Element}" : Words(Kind);
}
