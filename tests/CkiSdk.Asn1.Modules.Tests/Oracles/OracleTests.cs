using CkiSdk.Asn1.Modules.Tests.Generated;
using CkiSdk.Fuzz.Targets;
using FsCheck;
using FsCheck.Fluent;
using Org.BouncyCastle.Asn1;

namespace CkiSdk.Asn1.Modules.Tests.Oracles;

/// <summary>Holds the verdicts on values of every generated type, and on their mutants, against System.Formats.Asn1 and BouncyCastle (docs/adr/0002).</summary>
/// <remarks>
/// Without a schema, System.Formats.Asn1 must give the same verdict as our reader in both directions. With a schema we refuse more, so that what counts is
/// that both oracles accept what a generated type accepts; BouncyCastle, which reads BER, must also write the same octets in DER.
/// </remarks>
public sealed class OracleTests
{
    // What is not explained here must not differ. All of it can stand in an open type only, which is kept as it is until it is read as a type.
    private static readonly (string Reason, string Example, Func<byte[], bool> Explains)[] Known =
    [
        ("Of an open type the headers are checked, not what its primitive elements hold.", "3009060355040302020001", der => !Reads(der)),
        ("BouncyCastle does not know REAL, EMBEDDED PDV, TIME and the later universal types.", "30080603550403090180", der => Contains(der, element => Number(element) is 9 or 11 or 14 or 15 or 29 or > 30)),
        ("BouncyCastle refuses wrong contents of a RELATIVE-OID or EXTERNAL, and a negative ENUMERATED.", "300806035504030A01FF", der => Contains(der, element => Number(element) is 8 or 10 or 13)),
        ("BouncyCastle takes every SET for one of components and sorts it by tag; a SET OF, sorted by octets, is another matter, and so is what has no order.", "300D06035504033106 020102 0101FF", der => Contains(der, element => Number(element) == 17 && !IsSetOf(element))),
        ("BouncyCastle orders the elements of a SET OF as if no tag in them said that it is constructed.", "300F0603550403310830028700 3002A400", der => Contains(der, element => Number(element) == 17 && !IsOrderedWithoutForm(element))),
        ("BouncyCastle takes at most seven digits of a fraction.", "301F06035504031818 3230323430323239323335393539 2E 3132333435363738 5A", der => Contains(der, element => Number(element) == 24 && Encode(element).Length > 25)),
    ];

    public static TheoryData<string> Names => GeneratedTypes.PublishedNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdicts_AgreeWith_BothOracles(string name)
    {
        var type = GeneratedTypes.Get(name);
        Check.One(TestSupport.Laws.Config.WithMaxTest(TestSupport.LongRun.Count(1, 20)).WithEndSize(TestSupport.LongRun.Count(30, 100)), Prop.ForAll(type.Values, value =>
        {
            var der = type.Codec.Encode(value);
            Compare(type, der);
            foreach (var mutant in Mutants.Of(der, new Random(der.Length + 1)))
            {
                Compare(type, mutant);
            }
        }));
    }

    [Fact]
    public void Known_Differ_ForTheirReason()
    {
        foreach (var (reason, example, explains) in Known)
        {
            var der = TestSupport.Hex.Decode(example);
            Assert.True(IsAccepted(GeneratedTypes.Get("InformationFramework.AttributeTypeAndValue"), der), reason);
            Assert.True(explains(der), reason);
            Assert.False(AsnReaderOracle.Accepts(der) && BouncyCastle(der) == Convert.ToHexString(der), reason);
        }
    }

    private static void Compare(GeneratedType type, byte[] der)
    {
        _ = Reads(der);
        if (!IsAccepted(type, der) || Known.Any(known => known.Explains(der)))
        {
            return;
        }

        Assert.True(AsnReaderOracle.Accepts(der), $"{type.Name} accepts {Convert.ToHexString(der)}, System.Formats.Asn1 does not");
        var theirs = BouncyCastle(der);
        Assert.True(theirs == Convert.ToHexString(der), $"{type.Name} accepts {Convert.ToHexString(der)}, BouncyCastle: {theirs}");
    }

    // Reads without a schema, and fails where System.Formats.Asn1 differs.
    private static bool Reads(byte[] der)
    {
        var theirs = AsnReaderOracle.Accepts(der);
        try
        {
            _ = Der.Decode("Element", der, Element.Decode);
        }
        catch (DerException refusal)
        {
            // Depth, length and tag numbers have limits in our reader that the other one does not have.
            var isLimit = refusal.Kind is DerErrorKind.TooDeep or DerErrorKind.TooLarge or DerErrorKind.LengthTooLarge;
            Assert.True(isLimit || !theirs, $"System.Formats.Asn1 accepts {Convert.ToHexString(der)}: {refusal.Message}");
            return false;
        }

        Assert.True(theirs, $"System.Formats.Asn1 refuses {Convert.ToHexString(der)}");
        return true;
    }

    private static bool Contains(byte[] der, Func<Element, bool> condition)
    {
        var open = new Stack<Element>([Der.Decode("Element", der, Element.Decode)]);
        while (open.TryPop(out var element))
        {
            if (condition(element))
            {
                return true;
            }

            foreach (var inner in element.Inner)
            {
                open.Push(inner);
            }
        }

        return false;
    }

    private static int Number(Element element) => element.Tag.Class == TagClass.Universal ? element.Tag.Number : 0;

    private static byte[] Encode(Element element) => Der.Encode(element, Element.Encode);

    private static bool IsSetOf(Element set) => set.Inner.Zip(set.Inner.Skip(1)).All(pair =>
        pair.First.Tag == pair.Second.Tag && pair.First.Tag.Class == TagClass.Universal && Encode(pair.First).AsSpan().SequenceCompareTo(Encode(pair.Second)) <= 0);

    private static bool IsOrderedWithoutForm(Element set) => set.Inner.Zip(set.Inner.Skip(1)).All(pair => WithoutForm(pair.First).AsSpan().SequenceCompareTo(WithoutForm(pair.Second)) <= 0);

    private static byte[] WithoutForm(Element element)
    {
        var octets = Encode(element);
        octets[0] &= 0xDF;
        var at = octets.Length - element.Inner.Sum(inner => Encode(inner).Length);
        foreach (var part in element.Inner.Select(WithoutForm))
        {
            part.CopyTo(octets, at);
            at += part.Length;
        }

        return octets;
    }

    private static bool IsAccepted(GeneratedType type, byte[] der)
    {
        try
        {
            _ = type.Codec.Decode(der);
            return true;
        }
        catch (DerException)
        {
            return false;
        }
    }

    private static string BouncyCastle(byte[] der)
    {
        try
        {
            return Convert.ToHexString(Asn1Object.FromByteArray(der).GetDerEncoded());
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or FormatException)
        {
            return $"{e.GetType().Name} {e.Message} {e.InnerException?.Message}";
        }
    }
}
