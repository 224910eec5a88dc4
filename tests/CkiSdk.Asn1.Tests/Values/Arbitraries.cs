using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CkiSdk.Asn1.Tests;

/// <summary>Makes any value of each value type.</summary>
internal static class Arbitraries
{
    private static readonly Gen<byte> Octet = Gen.Choose(0, 255).Select(i => (byte)i);

    // Edges of the encoding beside numbers of any size.
    private static readonly Gen<BigInteger> Number = Gen.OneOf(
        Gen.Choose(-300, 300).Select(i => (BigInteger)i),
        Gen.Choose(0, 140).SelectMany(bits => Gen.Choose(-1, 1).Select(d => (BigInteger.One << bits) + d)),
        Octet.ArrayOf().Select(o => new BigInteger(o)));

    private static readonly Gen<string> Arc = Number.Select(n => BigInteger.Abs(n).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static readonly Gen<Rune> AnyRune = Gen.Frequency(
        (4, Gen.Choose(0x20, 0x7E)), (1, Gen.Choose(0, 0xD7FF)), (1, Gen.Choose(0xE000, 0x10FFFF))).Select(i => new Rune(i));

    public static Arbitrary<Integer> Integers() => Number.Select(n => (Integer)n).ToArbitrary();

    public static Arbitrary<OctetString> OctetStrings() => Octet.ArrayOf().Select(o => new OctetString(o)).ToArbitrary();

    public static Arbitrary<BitString> BitStrings() =>
        Octet.ArrayOf().SelectMany(o => Gen.Choose(0, 7).Select(unused => Bits(o, unused))).ToArbitrary();

    public static Arbitrary<ObjectIdentifier> ObjectIdentifiers() => Gen.OneOf(
        Gen.Choose(0, 1).SelectMany(root => Gen.Choose(0, 39).Select(second => $"{root}.{second}")),
        Arc.Select(arc => $"2.{arc}")).SelectMany(head => Arc.ArrayOf().Select(rest => ObjectIdentifier.Parse(string.Join('.', [head, .. rest])))).ToArbitrary();

    public static Arbitrary<RelativeOid> RelativeOids() =>
        Arc.NonEmptyListOf().Select(arcs => RelativeOid.Parse(string.Join('.', arcs))).ToArbitrary();

    public static Arbitrary<UtcTime> UtcTimes() => Moment(new(1950, 1, 1), new(2049, 12, 31)).Select(UtcTime.From).ToArbitrary();

    public static Arbitrary<GeneralizedTime> GeneralizedTimes() => Moment(DateTime.MinValue, new(9999, 12, 31))
        .SelectMany(t => Gen.Choose(0, 7).Select(digits => GeneralizedTime.From(t, digits))).ToArbitrary();

    public static Arbitrary<Utf8String> Utf8Strings() => AnyRune.ArrayOf().Select(r => new Utf8String(string.Concat(r))).ToArbitrary();

    public static Arbitrary<UniversalString> UniversalStrings() =>
        AnyRune.ArrayOf().Select(r => new UniversalString(string.Concat(r))).ToArbitrary();

    public static Arbitrary<BmpString> BmpStrings() =>
        AnyRune.Where(r => r.IsBmp).ArrayOf().Select(r => new BmpString(string.Concat(r))).ToArbitrary();

    public static Arbitrary<NumericString> NumericStrings() => Text("0123456789 ").Select(t => new NumericString(t)).ToArbitrary();

    public static Arbitrary<PrintableString> PrintableStrings() =>
        Text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?").Select(t => new PrintableString(t)).ToArbitrary();

    public static Arbitrary<Ia5String> Ia5Strings() => Latin(0, 127).Select(t => new Ia5String(t)).ToArbitrary();

    public static Arbitrary<VisibleString> VisibleStrings() => Latin(0x20, 0x7E).Select(t => new VisibleString(t)).ToArbitrary();

    public static Arbitrary<GraphicString> GraphicStrings() => Latin(0x80, 0xFF).Select(t => new GraphicString(t)).ToArbitrary();

    public static Arbitrary<ObjectDescriptor> ObjectDescriptors() => Latin(0x20, 0x7E).Select(t => new ObjectDescriptor(t)).ToArbitrary();

    public static Arbitrary<TeletexString> TeletexStrings() => Latin(0, 255).Select(t => new TeletexString(t)).ToArbitrary();

    public static Arbitrary<VideotexString> VideotexStrings() => Latin(0, 255).Select(t => new VideotexString(t)).ToArbitrary();

    public static Arbitrary<GeneralString> GeneralStrings() => Latin(0, 255).Select(t => new GeneralString(t)).ToArbitrary();

    public static Arbitrary<SequenceOf<Integer>> Sequences() =>
        Integers().Generator.ArrayOf().Select(i => (SequenceOf<Integer>)i).ToArbitrary();

    public static Arbitrary<SetOf<Integer>> Sets() => Integers().Generator.ArrayOf().Select(i => (SetOf<Integer>)i).ToArbitrary();

    public static Arbitrary<AnyValue> AnyValues() =>
        Gen.Sized(size => Element(Math.Min(size, 5))).Select(der => new AnyValue(der)).ToArbitrary();

    private static BitString Bits(byte[] octets, int unusedBits)
    {
        if (octets.Length == 0)
            return default;
        octets[^1] &= (byte)(0xFF << unusedBits);
        return new(octets, unusedBits);
    }

    private static Gen<DateTimeOffset> Moment(DateTime first, DateTime last) => Gen.Choose(0, (last - first).Days)
        .SelectMany(days => Gen.Choose(0, 86_399).SelectMany(seconds => Gen.Choose(0, 9_999_999)
            .Select(ticks => new DateTimeOffset(first.AddDays(days).AddSeconds(seconds).AddTicks(ticks), TimeSpan.Zero))));

    private static Gen<string> Text(string alphabet) => Gen.Elements(alphabet.ToCharArray()).ArrayOf().Select(c => new string(c));

    private static Gen<string> Latin(int first, int last) =>
        Gen.Choose(first, last).Select(i => (char)i).ArrayOf().Select(c => new string(c));

    private static Gen<byte[]> Element(int depth)
    {
        var primitive = Gen.Choose(0, 40).SelectMany(number => Octet.ArrayOf().Select(content => Wrap(Tag.Context(number, constructed: false), content)));
        if (depth == 0)
            return primitive;
        var constructed = Gen.Choose(0, 40).SelectMany(number => Element(depth - 1).ArrayOf(3)
            .Select(parts => Wrap(Tag.Context(number, constructed: true), [.. parts.SelectMany(p => p)])));
        return Gen.OneOf(primitive, constructed);
    }

    private static byte[] Wrap(Tag tag, byte[] content) => Der.Encode(content, (ref DerWriter w, byte[] c) =>
    {
        w.WriteRaw(c);
        w.End(tag, 0);
    });
}
