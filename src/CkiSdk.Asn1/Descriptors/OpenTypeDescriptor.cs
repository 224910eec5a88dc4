namespace CkiSdk.Asn1;

/// <summary>Describes the object set that an open type is tied to (X.682 10.7).</summary>
/// <param name="name">The name that the open type has in C#.</param>
/// <param name="isExtensible">Whether other selectors are permitted.</param>
/// <param name="notation">The constraint as the module writes it.</param>
/// <param name="alternatives">Makes the objects when they are first asked for.</param>
public sealed class OpenTypeDescriptor(string name, bool isExtensible, string notation, Func<OpenTypeAlternative[]> alternatives)
{
    private OpenTypeAlternative[]? _alternatives;

    /// <summary>Gets the name that the open type has in C#.</summary>
    public string Name { get; } = name;

    /// <summary>Gets a value indicating whether other selectors are permitted.</summary>
    public bool IsExtensible { get; } = isExtensible;

    /// <summary>Gets the constraint as the module writes it.</summary>
    public string Notation { get; } = notation;

    /// <summary>Gets the objects of the set.</summary>
    public IReadOnlyList<OpenTypeAlternative> Alternatives => _alternatives ??= alternatives();

    /// <summary>Keeps the first of several descriptors that threads made for one type at the same time.</summary>
    /// <param name="field">Where it is kept.</param>
    /// <param name="made">What this thread made.</param>
    public static OpenTypeDescriptor Publish(ref OpenTypeDescriptor? field, OpenTypeDescriptor made) => Interlocked.CompareExchange(ref field, made, null) ?? made;
}
