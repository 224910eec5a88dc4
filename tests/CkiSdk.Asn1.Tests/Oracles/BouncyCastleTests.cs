using Org.BouncyCastle.Asn1;

namespace CkiSdk.Asn1.Tests;

/// <summary>Holds accepted values against BouncyCastle, which also knows RELATIVE-OID and the rarer strings (docs/adr/0002).</summary>
/// <remarks>
/// BouncyCastle parses BER and is lenient in places, so that its acceptance says nothing. What counts is the other direction: what is
/// accepted here it accepts with the same value, and its own DER of that value is the same octets.
/// </remarks>
public sealed class BouncyCastleTests
{
    private const int Inputs = 20_000;

    // What is not listed here must not differ.
    private static readonly Divergence[] Known =
    [
        new(
            "ENUMERATED",
            "It refuses a negative ENUMERATED, or takes one of a single octet as unsigned and writes another back.",
            "0A01FF",
            (_, our, _) => our.StartsWith('-')),
        new(
            "GeneralizedTime",
            "It takes at most seven digits of fraction; X.680 46 sets no bound.",
            "181832303234303232393233353935392E31323334353637385A",
            (der, _, their) => their == Verdict.Refused && der[1] > 23),
    ];

    private static readonly Dictionary<string, Comparison> Reads = new(StringComparer.Ordinal)
    {
        ["BOOLEAN"] = Compare(
            "0101FF 010100", (ref DerReader r) => r.ReadBoolean(Tag.Boolean), v => $"{v}", (DerBoolean o) => $"{o.IsTrue}"),
        ["INTEGER"] = Compare(
            "020100 0201FF 02020080 0202FF7F 0209008000000000000000",
            (ref DerReader r) => r.ReadInteger(Tag.Integer),
            v => $"{v.ToBigInteger()}",
            (DerInteger o) => $"{o.Value}"),
        ["ENUMERATED"] = Compare(
            "0A0100 0A01FF 0A047FFFFFFF",
            (ref DerReader r) => r.ReadEnumerated(Tag.Enumerated),
            v => $"{v}",
            (DerEnumerated o) => $"{o.Value}"),
        ["BIT STRING"] = Compare(
            "030100 030200A5 03020780 0304060A3B40",
            (ref DerReader r) => r.ReadBitString(Tag.BitString),
            v => $"{Hex(v.Octets.Span)}/{v.UnusedBits}",
            (DerBitString o) => $"{Hex(o.GetBytes())}/{o.PadBits}"),
        ["OCTET STRING"] = Compare(
            "0400 0403010203",
            (ref DerReader r) => r.ReadOctetString(Tag.OctetString),
            v => Hex(v.Span),
            (Asn1OctetString o) => Hex(o.GetOctets())),
        ["NULL"] = Compare("0500", (ref DerReader r) => r.ReadNull(Tag.Null), v => $"{v}", (Asn1Null o) => $"{o}"),
        ["OBJECT IDENTIFIER"] = Compare(
            "060100 06012A 0603883703 06062A864886F70D 060B2A81808080808080808000",
            (ref DerReader r) => r.ReadObjectIdentifier(Tag.ObjectIdentifier),
            v => $"{v}",
            (DerObjectIdentifier o) => o.GetID()),
        ["RELATIVE-OID"] = Compare(
            "0D0100 0D04C27B0302", (ref DerReader r) => r.ReadRelativeOid(Tag.RelativeOid), v => $"{v}", (Asn1RelativeOid o) => o.GetID()),
        ["UTCTime"] = Compare(
            "170D3530303130313030303030305A 170D3030303232393132303030305A",
            (ref DerReader r) => r.ReadUtcTime(Tag.UtcTime),
            v => $"{v.ToDateTimeOffset().UtcDateTime:O}",
            (Asn1UtcTime o) => $"{o.ToDateTime(2049):O}"),
        ["GeneralizedTime"] = Compare(
            "180F32303234303232393233353935395A 181132303234303232393233353935392E355A 181732303234303232393233353935392E313233343536375A",
            (ref DerReader r) => r.ReadGeneralizedTime(Tag.GeneralizedTime),
            v => $"{v.ToDateTimeOffset().UtcDateTime:O}",
            (Asn1GeneralizedTime o) => $"{o.ToDateTime():O}"),
        ["UTF8String"] = Compare(
            "0C00 0C03434B49 0C02C39C 0C04F09F9491",
            (ref DerReader r) => r.ReadUtf8String(Tag.Utf8String),
            v => $"{v}",
            (DerUtf8String o) => o.GetString()),
        ["NumericString"] = Compare(
            "1203303920", (ref DerReader r) => r.ReadNumericString(Tag.NumericString), v => $"{v}", (DerNumericString o) => o.GetString()),
        ["PrintableString"] = Compare(
            "1305412F2E3F7A",
            (ref DerReader r) => r.ReadPrintableString(Tag.PrintableString),
            v => $"{v}",
            (DerPrintableString o) => o.GetString()),
        ["TeletexString"] = Compare(
            "1403E14100", (ref DerReader r) => r.ReadTeletexString(Tag.TeletexString), v => $"{v}", (DerT61String o) => o.GetString()),
        ["VideotexString"] = Compare(
            "1503E14100",
            (ref DerReader r) => r.ReadVideotexString(Tag.VideotexString),
            v => Hex(v.Octets.Span),
            (DerVideotexString o) => Hex(o.GetOctets())),
        ["IA5String"] = Compare(
            "160461404200", (ref DerReader r) => r.ReadIa5String(Tag.Ia5String), v => $"{v}", (DerIA5String o) => o.GetString()),
        ["GraphicString"] = Compare(
            "190361E17E",
            (ref DerReader r) => r.ReadGraphicString(Tag.GraphicString),
            v => Hex(v.Octets.Span),
            (DerGraphicString o) => Hex(o.GetOctets())),
        ["VisibleString"] = Compare(
            "1A0361407E", (ref DerReader r) => r.ReadVisibleString(Tag.VisibleString), v => $"{v}", (DerVisibleString o) => o.GetString()),
        ["GeneralString"] = Compare(
            "1B03410042", (ref DerReader r) => r.ReadGeneralString(Tag.GeneralString), _ => "", (DerGeneralString _) => ""),
        ["UniversalString"] = Compare(
            "1C040001F511",
            (ref DerReader r) => r.ReadUniversalString(Tag.UniversalString),
            v => Hex(v.Octets.Span),
            (DerUniversalString o) => Hex(o.GetOctets())),
        ["BMPString"] = Compare(
            "1E0420AC0041", (ref DerReader r) => r.ReadBmpString(Tag.BmpString), v => $"{v}", (DerBmpString o) => o.GetString()),
        ["ObjectDescriptor"] = Compare(
            "0703616263", (ref DerReader r) => r.ReadObjectDescriptor(Tag.ObjectDescriptor), _ => "", (Asn1ObjectDescriptor _) => ""),
        ["SEQUENCE OF"] = Compare(
            "3000 3003020105 300A020105020200800201FF",
            (ref DerReader r) => r.ReadSequenceOf(Tag.Sequence, ReadNumber),
            v => string.Join(',', v.Select(number => number.ToBigInteger())),
            (Asn1Sequence o) => string.Join(',', o)),
        ["SET OF"] = Compare(
            "3100 3103020105 310A0201040201050202008A 3106020105020105",
            (ref DerReader r) => r.ReadSetOf(Tag.Set, ReadNumber),
            v => string.Join(',', v.Select(number => number.ToBigInteger())),
            (Asn1Set o) => string.Join(',', o)),
    };

    public static TheoryData<string> Names => [.. Reads.Keys];

    public static TheoryData<string> Reasons => [.. Known.Select(d => d.Reason)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Accepted_AgreesWith_BouncyCastle(string name)
    {
        var (samples, ours, theirs) = Reads[name];
        var accepted = 0;
        foreach (var input in Mutator.Inputs([.. samples.Split(' ').Select(Convert.FromHexString)], Inputs))
        {
            var our = ours(input);
            if (our == Verdict.Refused)
                continue;
            accepted++;
            var their = theirs(input);
            Assert.True(
                our == their || Known.Any(d => d.Read == name && d.Explains(input, our, their)),
                $"{Convert.ToHexString(input)}: {our}, BouncyCastle: {their}");
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

    private static Integer ReadNumber(ref DerReader reader) => reader.ReadInteger(Tag.Integer);

    private static string Hex(ReadOnlySpan<byte> octets) => Convert.ToHexString(octets);

    private static Comparison Compare<T, TObject>(string samples, DerDecoder<T> read, Func<T, string> show, Func<TObject, string> theirs)
        where TObject : Asn1Encodable => new(samples, der => Verdict.Of(der, read, show), der => Parse(der, theirs));

    private static string Parse<T>(byte[] der, Func<T, string> show)
        where T : Asn1Encodable
    {
        try
        {
            using var stream = new MemoryStream(der);
            using var input = new Asn1InputStream(stream);
            var value = (T)(Asn1Encodable)input.ReadObject();
            var again = value.GetDerEncoded();
            return der.AsSpan().StartsWith(again) ? $"{show(value)} in {again.Length}" : $"other octets: {Hex(again)}";
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or FormatException or InvalidCastException)
        {
            return Verdict.Refused;
        }
    }

    private sealed record Comparison(string Samples, Func<byte[], string> Ours, Func<byte[], string> Theirs);
}
