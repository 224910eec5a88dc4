namespace CkiSdk.Asn1;

/// <content>What generated code and compilers make descriptors with.</content>
public sealed partial class TypeDescriptor
{
    private TypeDescriptor(TypeKind kind, ReadOnlySpan<Tag> tags)
    {
        _kind = kind;
        _tags = tags.ToArray();
    }

    private TypeDescriptor(TypeKind kind, ReadOnlySpan<Tag> tags, Func<ComponentDescriptor[]> components)
        : this(kind, tags) => _makeComponents = components;

    private TypeDescriptor(TypeKind kind, ReadOnlySpan<Tag> tags, TypeDescriptor element)
        : this(kind, tags) => _element = element;

    private TypeDescriptor(TypeKind kind, ReadOnlySpan<Tag> tags, NamedNumber[] names)
        : this(kind, tags) => _names = names;

    private TypeDescriptor(Func<TypeDescriptor> type, NamedNumber[]? names)
    {
        _makeBase = type;
        _names = names;
    }

    private TypeDescriptor(TypeDescriptor type, ReadOnlySpan<Tag> tags)
    {
        _base = type;
        _tags = tags.ToArray();
    }

    /// <summary>Describes a builtin type without parts.</summary>
    /// <param name="kind">The type.</param>
    /// <param name="tags">All tags from the outside in.</param>
    public static TypeDescriptor Of(TypeKind kind, params ReadOnlySpan<Tag> tags) => new(kind, tags);

    /// <summary>Describes a SEQUENCE, SET or a type that is defined as one, or a CHOICE.</summary>
    /// <param name="kind">Which of them.</param>
    /// <param name="module">The name of its module.</param>
    /// <param name="name">Its name.</param>
    /// <param name="unknownAt">The index of the component before which unknown additions stand; below zero where the type is not extensible.</param>
    /// <param name="components">Makes the components when they are first asked for.</param>
    /// <param name="tags">All tags from the outside in.</param>
    public static TypeDescriptor Structure(
        TypeKind kind, string module, string name, int unknownAt, Func<ComponentDescriptor[]> components, params ReadOnlySpan<Tag> tags) =>
        new(kind, tags, components) { Module = module, Name = name, UnknownIndex = unknownAt };

    /// <summary>Describes an ENUMERATED.</summary>
    /// <param name="module">The name of its module.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isExtensible">Whether it may have other numbers.</param>
    /// <param name="items">Its items.</param>
    /// <param name="tags">All tags from the outside in.</param>
    public static TypeDescriptor Enumeration(string module, string name, bool isExtensible, NamedNumber[] items, params ReadOnlySpan<Tag> tags) =>
        new(TypeKind.Enumerated, tags, items) { Module = module, Name = name, UnknownIndex = isExtensible ? items.Length : -1 };

    /// <summary>Describes a SEQUENCE OF or SET OF.</summary>
    /// <param name="kind">Which of them.</param>
    /// <param name="element">The type of its elements.</param>
    /// <param name="tags">All tags from the outside in.</param>
    public static TypeDescriptor List(TypeKind kind, TypeDescriptor element, params ReadOnlySpan<Tag> tags) => new(kind, tags, element);

    /// <summary>Describes a type that has a name of its own for another.</summary>
    /// <param name="module">The name of its module.</param>
    /// <param name="name">Its name.</param>
    /// <param name="type">Makes the other when it is first asked for.</param>
    /// <param name="names">Named numbers or named bits; null for those of the other.</param>
    public static TypeDescriptor Named(string module, string name, Func<TypeDescriptor> type, NamedNumber[]? names = null) =>
        new(type, names) { Module = module, Name = name };

    /// <summary>Keeps the first of several descriptors that threads made for one type at the same time.</summary>
    /// <param name="field">Where it is kept.</param>
    /// <param name="made">What this thread made.</param>
    public static TypeDescriptor Publish(ref TypeDescriptor? field, TypeDescriptor made) => Interlocked.CompareExchange(ref field, made, null) ?? made;

    /// <summary>Gives the type under other tags; itself if it has these.</summary>
    /// <param name="tags">All tags from the outside in.</param>
    public TypeDescriptor As(params ReadOnlySpan<Tag> tags)
    {
        // A list of itself, such as a SET OF its own type, has no tags to compare before it is made.
        if (_making?.Contains(this) == true)
            return new(this, tags);
        var same = Tags.Count == tags.Length;
        for (var i = 0; same && i < tags.Length; i++)
            same = Tags[i] == tags[i];
        return same ? this : new(this, tags);
    }

    /// <summary>Gives the type with a constraint where it is used.</summary>
    /// <param name="notation">The constraint as the module writes it.</param>
    /// <param name="constraint">Makes the constraint when it is first asked for.</param>
    public TypeDescriptor Constrained(string notation, Func<Constraint> constraint) =>
        (IsNamed ? new TypeDescriptor(this, [.. Tags]) : this).Restricted(notation, constraint);

    /// <summary>Gives the description of a type of which a constraint is part.</summary>
    /// <param name="notation">The constraint as the module writes it.</param>
    /// <param name="constraint">Makes the constraint when it is first asked for.</param>
    public TypeDescriptor Restricted(string notation, Func<Constraint> constraint)
    {
        var type = (TypeDescriptor)MemberwiseClone();
        type._makeConstraint = constraint;
        type.ConstraintNotation = notation;
        return type;
    }

    /// <summary>Gives the description of a type that admits more than DER.</summary>
    /// <param name="trailingZeros">Whether named bits may end with zeros.</param>
    /// <param name="anyOrder">Whether the elements of a SET OF may stand in any order.</param>
    public TypeDescriptor Relaxed(bool trailingZeros, bool anyOrder)
    {
        var type = IsNamed ? new TypeDescriptor(this, [.. Tags]) : (TypeDescriptor)MemberwiseClone();
        type.AdmitsTrailingZeros = trailingZeros;
        type.AdmitsAnyOrder = anyOrder;
        return type;
    }

    /// <summary>Gives the type with one constraint more.</summary>
    internal TypeDescriptor Under(Constraint constraint) => new TypeDescriptor(this, [.. Tags]).Restricted("", () => constraint);

    /// <summary>Gives the words that the notation has for a kind.</summary>
    internal static string Words(TypeKind kind) => kind switch
    {
        TypeKind.Any => "ANY",
        TypeKind.Boolean => "BOOLEAN",
        TypeKind.Integer => "INTEGER",
        TypeKind.BitString => "BIT STRING",
        TypeKind.OctetString => "OCTET STRING",
        TypeKind.Null => "NULL",
        TypeKind.ObjectIdentifier => "OBJECT IDENTIFIER",
        TypeKind.RelativeOid => "RELATIVE-OID",
        TypeKind.OidIri => "OID-IRI",
        TypeKind.RelativeOidIri => "RELATIVE-OID-IRI",
        TypeKind.Real => "REAL",
        TypeKind.Enumerated => "ENUMERATED",
        TypeKind.Sequence => "SEQUENCE",
        TypeKind.SequenceOf => "SEQUENCE OF",
        TypeKind.Set => "SET",
        TypeKind.SetOf => "SET OF",
        TypeKind.Choice => "CHOICE",
        TypeKind.External => "EXTERNAL",
        TypeKind.EmbeddedPdv => "EMBEDDED PDV",
        TypeKind.CharacterString => "CHARACTER STRING",
        TypeKind.Utf8String => "UTF8String",
        TypeKind.Ia5String => "IA5String",
        TypeKind.BmpString => "BMPString",
        TypeKind.UtcTime => "UTCTime",
        TypeKind.Time => "TIME",
        TypeKind.Date => "DATE",
        TypeKind.TimeOfDay => "TIME-OF-DAY",
        TypeKind.DateTime => "DATE-TIME",
        TypeKind.Duration => "DURATION",
        _ => kind.ToString(),
    };
}
