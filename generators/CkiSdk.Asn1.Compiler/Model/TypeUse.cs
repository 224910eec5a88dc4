namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Says how a value of a type is held in C# and how it is read and written where it is used.</summary>
/// <param name="CSharpType">The full C# type, without a question mark.</param>
/// <param name="IsValueType">Whether that is a struct or enum.</param>
/// <param name="Core">What reads and writes the value behind its tags.</param>
/// <param name="Tags">All tags from the outside in; the last ones belong to <paramref name="Core"/> as <see cref="CoreModel.OwnTags"/> says, those before are explicit.</param>
/// <param name="Constraint">What is checked on reading and on writing.</param>
public sealed record TypeUse(string CSharpType, bool IsValueType, CoreModel Core, EquatableArray<TagModel> Tags, ConstraintModel? Constraint)
{
    /// <summary>Gets what a decoder is told to admit here.</summary>
    public Relaxations Relaxations { get; init; }

    /// <summary>Gets a value indicating whether the module does not say of which type the value is.</summary>
    public bool IsOpen => Core is AnyCore or UnionCore or ContainedCore { Inner.Core: UnionCore };

    /// <summary>Gets the number of explicit tags around the core.</summary>
    public int Wrappers => Tags.Count - Core.OwnTags;
}

/// <summary>Is what reads and writes a value behind its explicit tags; OwnTags is the number of tags that it takes itself.</summary>
public abstract record CoreModel(int OwnTags);

/// <summary>Is a type of the runtime: <c>reader.ReadInteger(tag)</c> and <c>writer.WriteInteger(tag, value)</c> for the method name <c>Integer</c>.</summary>
public sealed record RuntimeCore(string Method) : CoreModel(1);

/// <summary>Is a generated type, by its full name.</summary>
public sealed record GeneratedCore(string FullName, GeneratedKind Kind, int Own) : CoreModel(Own)
{
    private readonly string? _view;

    /// <summary>Gets the full name of its view.</summary>
    public string View
    {
        get => _view ?? FullName + "View";
        init => _view = value;
    }

    /// <summary>Gets where the selectors are that its <see cref="TypeModel.Parameters"/> take; none for most.</summary>
    public EquatableArray<SelectorPath> Selectors { get; init; }
}

/// <summary>Is a SEQUENCE OF or SET OF.</summary>
public sealed record ListCore(bool IsSet, TypeUse Element) : CoreModel(1);

/// <summary>Is an element of any tag: ANY and open types.</summary>
public sealed record AnyCore() : CoreModel(0);

/// <summary>Is a union of the types of an object set (<see cref="UnionModel"/>): it takes no tag, but the selectors.</summary>
public sealed record UnionCore(string FullName, EquatableArray<SelectorPath> Selectors) : CoreModel(0);

/// <summary>Is a value whose encoding stands in an OCTET STRING or BIT STRING (X.682 11).</summary>
public sealed record ContainedCore(bool IsBits, TypeUse Inner) : CoreModel(1);
