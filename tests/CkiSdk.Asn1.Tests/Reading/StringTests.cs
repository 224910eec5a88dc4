using System.Text;

namespace CkiSdk.Asn1.Tests;

public sealed class StringTests
{
    private const string Printable = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?";

    [Fact]
    public void ReadNumericString_Admits_DigitsAndSpace() =>
        AdmitsOctets(b => (char)b is ' ' or (>= '0' and <= '9'), (ref DerReader r) => r.ReadNumericString(Tag.Context(0, false)).Octets);

    [Fact]
    public void ReadPrintableString_Admits_ItsAlphabet() =>
        AdmitsOctets(b => Printable.Contains((char)b), (ref DerReader r) => r.ReadPrintableString(Tag.Context(0, false)).Octets);

    [Fact]
    public void ReadIa5String_Admits_SevenBits() =>
        AdmitsOctets(b => b < 0x80, (ref DerReader r) => r.ReadIa5String(Tag.Context(0, false)).Octets);

    [Fact]
    public void ReadVisibleString_Admits_GraphicAscii() =>
        AdmitsOctets(b => b is >= 0x20 and <= 0x7E, (ref DerReader r) => r.ReadVisibleString(Tag.Context(0, false)).Octets);

    [Fact]
    public void ReadGraphicString_Admits_NoControlButThoseThatChooseASet()
    {
        Predicate<byte> admitted = b => b is 0x0E or 0x0F or 0x1B or (>= 0x20 and not 0x7F);
        AdmitsOctets(admitted, (ref DerReader r) => r.ReadGraphicString(Tag.Context(0, false)).Octets);
        AdmitsOctets(admitted, (ref DerReader r) => r.ReadObjectDescriptor(Tag.Context(0, false)).Octets);
    }

    [Fact]
    public void ReadTeletexString_Admits_AllOctets()
    {
        AdmitsOctets(_ => true, (ref DerReader r) => r.ReadTeletexString(Tag.Context(0, false)).Octets);
        AdmitsOctets(_ => true, (ref DerReader r) => r.ReadVideotexString(Tag.Context(0, false)).Octets);
        AdmitsOctets(_ => true, (ref DerReader r) => r.ReadGeneralString(Tag.Context(0, false)).Octets);
    }

    [Theory]
    [InlineData("empty", "")]
    [InlineData("ASCII", "CKI")]
    [InlineData("two octets", "Ünïcödé")]
    [InlineData("three octets", "\u20AC")]
    [InlineData("four octets", "\U0001F511")]
    [InlineData("the first and the last scalar value", "\0\U0010FFFF")]
    public void Utf8String_IsReadAndWritten(string description, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        Utf8String value = text;
        Assert.Equal(text, value.ToString());
        DerAssert.Writes(
            description,
            $"0C {octets.Length:X2}" + Convert.ToHexString(octets),
            value,
            (ref DerWriter w, Utf8String v) => w.WriteUtf8String(Tag.Utf8String, v),
            (ref DerReader r) => r.ReadUtf8String(Tag.Utf8String));
    }

    [Theory]
    [InlineData("a continuation alone", "80")]
    [InlineData("an overlong NUL", "C080")]
    [InlineData("an overlong slash", "E080AF")]
    [InlineData("a surrogate", "EDA080")]
    [InlineData("above the last scalar value", "F4908080")]
    [InlineData("an unfinished character", "E282")]
    [InlineData("an octet that never occurs", "FF")]
    public void ReadUtf8String_Rejects(string description, string content)
    {
        DerAssert.Refuses(
            description,
            $"0C {content.Length / 2:X2}" + content,
            DerErrorKind.InvalidString,
            (ref DerReader r) => r.ReadUtf8String(Tag.Utf8String));
        Assert.Throws<ArgumentException>(() => new Utf8String(DerAssert.Hex(content)));
    }

    [Theory]
    [InlineData("half a character", "00")]
    [InlineData("a character and a half", "004100")]
    [InlineData("a high surrogate", "D800")]
    [InlineData("a low surrogate", "DFFF")]
    [InlineData("a pair of surrogates", "D83DDD11")]
    public void ReadBmpString_Rejects(string description, string content)
    {
        DerAssert.Refuses(
            description,
            $"1E {content.Length / 2:X2}" + content,
            DerErrorKind.InvalidString,
            (ref DerReader r) => r.ReadBmpString(Tag.BmpString));
        Assert.Throws<ArgumentException>(() => new BmpString(DerAssert.Hex(content)));
    }

    [Theory]
    [InlineData("three octets", "000000")]
    [InlineData("six octets", "000000410000")]
    [InlineData("a surrogate", "0000D800")]
    [InlineData("above the last scalar value", "00110000")]
    [InlineData("a sign bit", "80000041")]
    public void ReadUniversalString_Rejects(string description, string content)
    {
        DerAssert.Refuses(
            description,
            $"1C {content.Length / 2:X2}" + content,
            DerErrorKind.InvalidString,
            (ref DerReader r) => r.ReadUniversalString(Tag.UniversalString));
        Assert.Throws<ArgumentException>(() => new UniversalString(DerAssert.Hex(content)));
    }

    [Fact]
    public void WideStrings_AreWritten_MostSignificantOctetFirst()
    {
        DerAssert.Writes(
            "the euro",
            "1E 02 20AC",
            (BmpString)"\u20AC",
            (ref DerWriter w, BmpString v) => w.WriteBmpString(Tag.BmpString, v),
            (ref DerReader r) => r.ReadBmpString(Tag.BmpString));
        DerAssert.Writes(
            "a key",
            "1C 04 0001F511",
            (UniversalString)"\U0001F511",
            (ref DerWriter w, UniversalString v) => w.WriteUniversalString(Tag.UniversalString, v),
            (ref DerReader r) => r.ReadUniversalString(Tag.UniversalString));
    }

    [Fact]
    public void Constructors_Reject_TextOutsideTheAlphabet()
    {
        Assert.ThrowsAny<ArgumentException>(() => new NumericString("1a"));
        Assert.ThrowsAny<ArgumentException>(() => new PrintableString("a@b"));
        Assert.ThrowsAny<ArgumentException>(() => new PrintableString("é"));
        Assert.ThrowsAny<ArgumentException>(() => new Ia5String("é"));
        Assert.ThrowsAny<ArgumentException>(() => new VisibleString("\n"));
        Assert.ThrowsAny<ArgumentException>(() => new TeletexString("\u20AC"));
        Assert.ThrowsAny<ArgumentException>(() => new GraphicString("\n"));
        Assert.ThrowsAny<ArgumentException>(() => new BmpString("\U0001F511"));
        Assert.ThrowsAny<ArgumentException>(() => new Utf8String("\uD800"));
        Assert.ThrowsAny<ArgumentException>(() => new UniversalString("\uD800"));
        Assert.Throws<ArgumentNullException>(() => new Utf8String((string)null!));
    }

    // All octets that pass alone pass in a row of more than a vector's width, and each that does not fails at every place in it.
    private static void AdmitsOctets(Predicate<byte> admitted, DerDecoder<ReadOnlyMemory<byte>> read)
    {
        var good = Enumerable.Range(0, 256).Select(i => (byte)i).First(b => admitted(b));
        for (var octet = 0; octet < 256; octet++)
        {
            foreach (var place in new[] { 0, 1, 17, 66 })
            {
                var content = Enumerable.Repeat(good, 67).ToArray();
                content[place] = (byte)octet;
                var hex = "8043" + Convert.ToHexString(content);
                if (admitted((byte)octet))
                    DerAssert.Reads($"octet {octet:X2}", hex, hex[4..], (ref DerReader r) => Convert.ToHexString(read(ref r).Span));
                else
                    DerAssert.Refuses($"octet {octet:X2}", hex, DerErrorKind.InvalidString, read);
            }
        }
    }
}
