using System.Formats.Asn1;

namespace CkiSdk.Asn1.Tests;

/// <summary>Holds verdict and value of each primitive read against System.Formats.Asn1 (docs/adr/0002).</summary>
/// <remarks>That library reads neither REAL nor RELATIVE-OID, nor the text of the rarer string types.</remarks>
public sealed class SystemFormatsAsn1Tests
{
    private const int Inputs = 20_000;

    // What is not listed here must not differ.
    private static readonly Divergence[] Known =
    [
        new(
            "named bits",
            "It looks for trailing zeros by whole octets; X.690 11.2.2 demands a last bit that is set.",
            "0303001680",
            (der, our, their) => our == Verdict.Refused && their != Verdict.Refused && (der[der[1] + 1] & (1 << der[2])) == 0),
        new(
            "GeneralizedTime",
            "It computes fractions in floating point, which can lose a tick; digits are exact.",
            "181732303234303232393233353935392E313334353637385A",
            (_, our, their) => their != Verdict.Refused && Math.Abs(Ticks(our) - Ticks(their)) == 1),
        new(
            "any element",
            "It takes universal types in the form that X.690 10.2 and 8.9 to 8.12 exclude, and end-of-contents, which DER never has.",
            "2000",
            (der, our, their) => our == Verdict.Refused && their != Verdict.Refused && KindOf(der) == DerErrorKind.UnexpectedTag),
        new(
            "any element",
            "It reads tag numbers up to 2^31 - 1; no module has any above 2^24 - 1.",
            "9F8880800000",
            (der, our, their) => our == Verdict.Refused && their != Verdict.Refused && KindOf(der) == DerErrorKind.TooLarge),
    ];

    private static readonly Dictionary<string, Comparison> Reads = new(StringComparer.Ordinal)
    {
        ["BOOLEAN"] = new(
            "0101FF 010100", d => Verdict.Of(d, (ref DerReader r) => r.ReadBoolean(Tag.Boolean), v => $"{v}"), SystemFormatsAsn1.Boolean),
        ["INTEGER"] = new(
            "020100 0201FF 02020080 0202FF7F 0209008000000000000000 02108000000000000000000000000000000F",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadInteger(Tag.Integer), v => Convert.ToHexString(v.Octets.Span)),
            SystemFormatsAsn1.Integer),
        ["INTEGER of 32 bits"] = new(
            "020100 0201FF 02047FFFFFFF 020480000000 02050080000000",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadInt32(Tag.Integer), v => $"{v}"),
            SystemFormatsAsn1.Int32),
        ["INTEGER of 64 bits"] = new(
            "020100 0201FF 02087FFFFFFFFFFFFFFF 02088000000000000000 0209008000000000000000",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadInt64(Tag.Integer), v => $"{v}"),
            SystemFormatsAsn1.Int64),
        ["ENUMERATED"] = new(
            "0A0100 0A01FF 0A047FFFFFFF 0A050080000000",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadEnumerated(Tag.Enumerated), v => $"{v}"),
            SystemFormatsAsn1.Enumerated),
        ["BIT STRING"] = new(
            "030100 030200A5 03020780 0304060A3B40",
            d => Verdict.Of(
                d, (ref DerReader r) => r.ReadBitString(Tag.BitString), v => $"{Convert.ToHexString(v.Octets.Span)}/{v.UnusedBits}"),
            SystemFormatsAsn1.BitString),
        ["named bits"] = new(
            "030100 03020106 0303070080 0303008001",
            d => Verdict.Of(
                d,
                (ref DerReader r) => r.ReadNamedBitString(Tag.BitString),
                v => string.Join(',', Enumerable.Range(0, v.Length).Where(i => v[i]))),
            SystemFormatsAsn1.NamedBits),
        ["OCTET STRING"] = new(
            "0400 0403010203 04818000",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadOctetString(Tag.OctetString), v => Convert.ToHexString(v.Span)),
            SystemFormatsAsn1.OctetString),
        ["NULL"] = new("0500", d => Verdict.Of(d, (ref DerReader r) => r.ReadNull(Tag.Null), v => $"{v}"), SystemFormatsAsn1.Null),
        ["OBJECT IDENTIFIER"] = new(
            "060100 06012A 0603883703 06062A864886F70D 060B2A81808080808080808000 06142B06010401823715010102030405060708090A0B",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadObjectIdentifier(Tag.ObjectIdentifier), v => $"{v}"),
            SystemFormatsAsn1.ObjectIdentifier),
        ["UTCTime"] = new(
            "170D3530303130313030303030305A 170D3030303232393132303030305A 170D3439313233313233353935395A",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadUtcTime(Tag.UtcTime), v => $"{v.ToDateTimeOffset():O}"),
            SystemFormatsAsn1.UtcTime),
        ["GeneralizedTime"] = new(
            "180F32303234303232393233353935395A 181132303234303232393233353935392E355A 181832303234303232393233353935392E31323334353637385A 180F30303031303130313030303030305A",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadGeneralizedTime(Tag.GeneralizedTime), v => $"{v.ToDateTimeOffset():O}"),
            SystemFormatsAsn1.GeneralizedTime),
        ["UTF8String"] = new(
            "0C00 0C03434B49 0C02C39C 0C03E282AC 0C04F09F9491",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadUtf8String(Tag.Utf8String), v => $"{v}"),
            d => SystemFormatsAsn1.Text(d, UniversalTagNumber.UTF8String)),
        ["NumericString"] = new(
            "1200 1203303920",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadNumericString(Tag.NumericString), v => $"{v}"),
            d => SystemFormatsAsn1.Text(d, UniversalTagNumber.NumericString)),
        ["PrintableString"] = new(
            "1300 1305412F2E3F7A",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadPrintableString(Tag.PrintableString), v => $"{v}"),
            d => SystemFormatsAsn1.Text(d, UniversalTagNumber.PrintableString)),
        ["IA5String"] = new(
            "1600 160461404200",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadIa5String(Tag.Ia5String), v => $"{v}"),
            d => SystemFormatsAsn1.Text(d, UniversalTagNumber.IA5String)),
        ["VisibleString"] = new(
            "1A00 1A0361407E",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadVisibleString(Tag.VisibleString), v => $"{v}"),
            d => SystemFormatsAsn1.Text(d, UniversalTagNumber.VisibleString)),
        ["BMPString"] = new(
            "1E00 1E0420AC0041 1E02FFFF",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadBmpString(Tag.BmpString), v => $"{v}"),
            d => SystemFormatsAsn1.Text(d, UniversalTagNumber.BMPString)),
        ["octets of a TeletexString"] = new(
            "1400 1403E14100",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadTeletexString(Tag.TeletexString), v => Convert.ToHexString(v.Octets.Span)),
            d => SystemFormatsAsn1.TextOctets(d, UniversalTagNumber.T61String)),
        ["octets of a GeneralString"] = new(
            "1B00 1B031B0041",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadGeneralString(Tag.GeneralString), v => Convert.ToHexString(v.Octets.Span)),
            d => SystemFormatsAsn1.TextOctets(d, UniversalTagNumber.GeneralString)),
        ["octets of a VideotexString"] = new(
            "1500 1503E14100",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadVideotexString(Tag.VideotexString), v => Convert.ToHexString(v.Octets.Span)),
            d => SystemFormatsAsn1.TextOctets(d, UniversalTagNumber.VideotexString)),
        ["SEQUENCE OF"] = new(
            "3000 3003020105 300A020105020200800201FF", d => Verdict.Of(d, ReadSequence, Show), SystemFormatsAsn1.SequenceOfIntegers),
        ["SET OF"] = new(
            "3100 3103020105 310A0201040201050202008A 3106020105020105",
            d => Verdict.Of(d, ReadSet, Show),
            SystemFormatsAsn1.SetOfIntegers),
        ["any element"] = new(
            "0500 3000 30094002050031030201FF A004800205A0 BF1F020500 30063004A102A200",
            d => Verdict.Of(d, (ref DerReader r) => r.ReadAny(), v => Convert.ToHexString(v.Encoded.Span)).Split(' ')[0],
            SystemFormatsAsn1.Any),
    };

    public static TheoryData<string> Names => [.. Reads.Keys];

    public static TheoryData<string> Reasons => [.. Known.Select(d => d.Reason)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_AgreesWith_SystemFormatsAsn1(string name)
    {
        var (samples, ours, theirs) = Reads[name];
        var accepted = 0;
        foreach (var input in Mutator.Inputs([.. samples.Split(' ').Select(Convert.FromHexString)], Inputs))
        {
            var (our, their) = (ours(input), theirs(input));
            accepted += our == Verdict.Refused ? 0 : 1;
            Assert.True(
                our == their || Known.Any(d => d.Read == name && d.Explains(input, our, their)),
                $"{Convert.ToHexString(input)}: {our}, System.Formats.Asn1: {their}");
        }

        Assert.InRange(accepted, Inputs / 100, Inputs);
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Known_Differ_ForTheirReason(string reason)
    {
        var known = Known.Single(d => d.Reason == reason);
        var input = Convert.FromHexString(known.Example);
        var (_, ours, theirs) = Reads[known.Read];
        Assert.NotEqual(ours(input), theirs(input));
        Assert.True(known.Explains(input, ours(input), theirs(input)));
    }

    private static DerErrorKind KindOf(byte[] der) => Assert.Throws<DerException>(() => new DerReader(der).ReadAny()).Kind;

    private static long Ticks(string verdict) =>
        DateTimeOffset.Parse(verdict.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture).UtcTicks;

    private static SequenceOf<Integer> ReadSequence(ref DerReader reader) =>
        reader.ReadSequenceOf(Tag.Sequence, (ref DerReader r) => r.ReadInteger(Tag.Integer));

    private static SetOf<Integer> ReadSet(ref DerReader reader) =>
        reader.ReadSetOf(Tag.Set, (ref DerReader r) => r.ReadInteger(Tag.Integer));

    private static string Show(IEnumerable<Integer> values) => string.Join(',', values.Select(v => Convert.ToHexString(v.Octets.Span)));

    private static string Show(SequenceOf<Integer> values) => Show(values.AsEnumerable());

    private static string Show(SetOf<Integer> values) => Show(values.AsEnumerable());

    private sealed record Comparison(string Samples, Func<byte[], string> Ours, Func<byte[], string> Theirs);
}
