using System.Reflection;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Decodes and encodes values of one generated type that is known at run time only.</summary>
internal abstract class TypeCodec
{
    /// <summary>Makes the codec of a generated type.</summary>
    public static TypeCodec Of(Type type) => type.IsEnum
        ? new EnumCodec(type)
        : (TypeCodec)Activator.CreateInstance(typeof(DerTypeCodec<>).MakeGenericType(type))!;

    /// <summary>Decodes a whole input.</summary>
    public abstract object Decode(ReadOnlyMemory<byte> der);

    /// <summary>Checks a whole input without making a value.</summary>
    public abstract void Validate(ReadOnlySpan<byte> der);

    /// <summary>Encodes a value.</summary>
    public abstract byte[] Encode(object value);

    private sealed class DerTypeCodec<T> : TypeCodec
        where T : IDerType<T>
    {
        public override object Decode(ReadOnlyMemory<byte> der) => Der.Decode<T>(der);

        public override void Validate(ReadOnlySpan<byte> der) => Der.Validate<T>(der);

        public override byte[] Encode(object value) => Der.Encode((T)value);
    }

    private sealed class EnumCodec(Type type) : TypeCodec
    {
        private readonly MethodInfo _decode = Codec(type).GetMethod("Decode", [typeof(ReadOnlyMemory<byte>)])!;
        private readonly MethodInfo _encode = Codec(type).GetMethod("Encode", [type])!;

        public override object Decode(ReadOnlyMemory<byte> der) => Invoke(_decode, der);

        public override void Validate(ReadOnlySpan<byte> der) => Decode(der.ToArray());

        public override byte[] Encode(object value) => (byte[])Invoke(_encode, value);

        private static Type Codec(Type type) => type.Assembly.GetType($"{type.FullName}Codec", throwOnError: true)!;

        private static object Invoke(MethodInfo method, object argument) =>
            method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [argument], null)!;
    }
}
