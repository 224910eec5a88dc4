using CkiSdk.Asn1.Compiler.Model;
using FsCheck;
using FsCheck.Fluent;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Is one generated type with what the compiler knows about it.</summary>
/// <param name="Name">Module and type, <c>CKIKeyManagementProtocol.PKIMessage</c>.</param>
/// <param name="Type">The C# type.</param>
/// <param name="Model">The compiler's model of it.</param>
internal sealed record GeneratedType(string Name, Type Type, TypeModel Model)
{
    /// <summary>Gets what decodes and encodes its values.</summary>
    public TypeCodec Codec { get; } = TypeCodec.Of(Type);

    /// <summary>Gets what the type says of itself.</summary>
    public TypeDescriptor Descriptor { get; } = (TypeDescriptor)(Type.IsEnum ? Type.Assembly.GetType(Type.FullName + "Codec", throwOnError: true)! : Type)
        .GetProperty("Descriptor")!.GetValue(null)!;

    /// <summary>Gets values of any content that its constraints permit.</summary>
    public Arbitrary<object> Values => Gen.Sized(size => Gen.Choose(0, int.MaxValue)
        .Select(seed => new ValueMaker(new Random(seed), size).Make(this))).ToArbitrary();
}
