using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Holds the decoders of all generated types of asn1/ to their laws, on values that the descriptors make and on changes of them.</summary>
/// <remarks>
/// An input is the type (two octets), the seed of a value (two octets) and changes of its octets (four octets each: kind, place, octet). Record, view and
/// descriptor give the same verdict, and what is accepted encodes from its fields to the same octets. A type that is added is found by itself.
/// </remarks>
internal sealed class EveryTypeTarget : IFuzzTarget
{
    private const int LargestSize = 12;
    private static readonly Decoder[] Decoders =
    [
        .. typeof(Certificate).Assembly.GetExportedTypes()
            .Where(type => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDerType<>) && i.GenericTypeArguments[0] == type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (Decoder)Activator.CreateInstance(typeof(Decoder<>).MakeGenericType(type))!),
    ];

    /// <inheritdoc/>
    public string Name => "types";

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        if (input.Length < 4) return false;
        var decoder = Decoders[((input[0] << 8) | input[1]) % Decoders.Length];
        var seed = (input[2] << 8) | input[3];
        byte[] value;
        try
        {
            value = RandomValue.Encode(decoder.Descriptor, new Random(seed), seed % LargestSize);
        }
        catch (InvalidOperationException)
        {
            // Chance met no constraint of the type.
            return false;
        }

        return decoder.Try(Changed(value, input.AsSpan(4)));
    }

    private static byte[] Changed(byte[] value, ReadOnlySpan<byte> changes)
    {
        var octets = new List<byte>(value);
        for (; changes.Length >= 4 && octets.Count > 0; changes = changes[4..])
        {
            var place = ((changes[1] << 8) | changes[2]) % octets.Count;
            switch (changes[0] % 4)
            {
                case 0: octets[place] ^= changes[3]; break;
                case 1: octets[place] = changes[3]; break;
                case 2: octets.Insert(place, changes[3]); break;
                default: octets.RemoveAt(place); break;
            }
        }

        return [.. octets];
    }

    private abstract class Decoder
    {
        public abstract TypeDescriptor Descriptor { get; }

        public abstract bool Try(byte[] der);
    }

    private sealed class Decoder<T> : Decoder
        where T : IDerType<T>
    {
        public override TypeDescriptor Descriptor { get; } = (TypeDescriptor)typeof(T).GetProperty("Descriptor")!.GetValue(null)!;

        public override bool Try(byte[] der)
        {
            var refusal = Refusal(() =>
            {
                var encoded = Der.Encode(Der.Decode<T>(der));
                if (!encoded.AsSpan().SequenceEqual(der)) throw new FuzzException($"{typeof(T)} accepts {Convert.ToHexString(der)}, but encodes to {Convert.ToHexString(encoded)}");
            });
            Agree(der, refusal, "view", Refusal(() => Der.Validate<T>(der)));
            var judged = Refusal(() => Descriptor.Check(der));

            // The record of EXTERNAL keeps the data as an element of any type.
            if (judged?.Contains(".encoding.", StringComparison.Ordinal) != true) Agree(der, refusal, "descriptor", judged);
            return refusal is null;
        }

        private static void Agree(byte[] der, string? record, string other, string? judged)
        {
            if (record is null != judged is null) throw new FuzzException($"{typeof(T)}, {Convert.ToHexString(der)}: the record says {record ?? "yes"}, the {other} {judged ?? "yes"}");
        }

        private static string? Refusal(Action action)
        {
            try
            {
                action();
                return null;
            }
            catch (DerException refusal)
            {
                return refusal.Message;
            }
        }
    }
}
