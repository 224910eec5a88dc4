using System.Reflection;
using CkiSdk.Asn1;

namespace CkiSdk.Fuzz.Types;

/// <summary>Is one generated type whose decoder, validator, encoder and descriptor are held against each other.</summary>
/// <param name="name">Module and type, such as <c>AuthenticationFramework.Certificate</c>.</param>
internal abstract class GeneratedDecoder(string name)
{
    /// <summary>Gets module and type.</summary>
    public string Name => name;

    /// <summary>Gets what the type says of itself.</summary>
    public abstract TypeDescriptor Descriptor { get; }

    /// <summary>Makes what decodes a type.</summary>
    public static GeneratedDecoder Of(Type type, string name) => type.IsEnum
        ? new OfEnumeration(type, name)
        : (GeneratedDecoder)Activator.CreateInstance(typeof(OfType<>).MakeGenericType(type), name)!;

    /// <summary>Decodes the record.</summary>
    /// <exception cref="DerException">The octets are not the DER of the type.</exception>
    public abstract object Decode(byte[] der);

    /// <summary>Checks the octets as the view does.</summary>
    /// <exception cref="DerException">The octets are not the DER of the type.</exception>
    public abstract void Validate(byte[] der);

    /// <summary>Encodes a record.</summary>
    public abstract byte[] Encode(object value);

    private sealed class OfType<T>(string name) : GeneratedDecoder(name)
        where T : IDerType<T>
    {
        public override TypeDescriptor Descriptor => T.Descriptor;

        public override object Decode(byte[] der) => Der.Decode<T>(der);

        public override void Validate(byte[] der) => Der.Validate<T>(der);

        public override byte[] Encode(object value) => Der.Encode((T)value);
    }

    // An enumeration cannot have the interface; its codec stands beside it.
    private sealed class OfEnumeration(Type type, string name) : GeneratedDecoder(name)
    {
        private readonly MethodInfo _decode = Codec(type).GetMethod("Decode", [typeof(ReadOnlyMemory<byte>)])!;
        private readonly MethodInfo _encode = Codec(type).GetMethod("Encode", [type])!;

        public override TypeDescriptor Descriptor { get; } = (TypeDescriptor)Codec(type).GetProperty("Descriptor")!.GetValue(null)!;

        public override object Decode(byte[] der) => Invoke(_decode, new ReadOnlyMemory<byte>(der));

        public override void Validate(byte[] der) => Decode(der);

        public override byte[] Encode(object value) => (byte[])Invoke(_encode, value);

        private static Type Codec(Type type) => type.Assembly.GetType($"{type.FullName}Codec", throwOnError: true)!;

        private static object Invoke(MethodInfo method, object argument) => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [argument], null)!;
    }
}
