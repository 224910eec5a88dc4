using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Generator;

/// <summary>Is a place in the list of types, with the few types that share it.</summary>
/// <remarks>Steps of the pipeline hand on classes: their code is then compiled once, not for each kind of struct, which takes time in the first edit of a process.</remarks>
internal sealed record Slot(EquatableArray<TypeModel> Types)
{
    /// <summary>Gets the place without a type.</summary>
    public static Slot Empty { get; } = new(default(EquatableArray<TypeModel>));
}
