namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Is one tag of an encoding (X.690 8.1.2): class, number, and whether the contents are constructed.</summary>
public readonly record struct TagModel(TagModelClass Class, int Number, bool IsConstructed) : IComparable<TagModel>
{
    /// <summary>Makes a universal tag.</summary>
    public static TagModel Universal(int number, bool constructed = false) => new(TagModelClass.Universal, number, constructed);

    /// <summary>Says whether a decoder would see the same tag.</summary>
    public bool LooksLike(TagModel other) => Class == other.Class && Number == other.Number;

    /// <summary>Orders by class, then number (X.680 8.6), as DER orders the components of a SET.</summary>
    public int CompareTo(TagModel other) => Class != other.Class ? Class.CompareTo(other.Class) : Number.CompareTo(other.Number);

    /// <summary>Returns the tag as the notation writes it.</summary>
    public override string ToString() => Class == TagModelClass.Context ? $"[{Number}]" : $"[{Class.ToString().ToUpperInvariant()} {Number}]";
}
