using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Pki.Names;
using CkiSdk.TestSupport;
using FsCheck.Xunit;

namespace CkiSdk.Pki.Tests.Names;

/// <summary>Shows the text form of RFC 4514 and the comparison of RFC 5280 §7.1.</summary>
public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("three names, the root last in the text", "CN=A1,O=D,C=GB", "3026 310B 3009 0603 550406 1302 4742 310A 3008 0603 55040A 0C01 44 310B 3009 0603 550403 0C02 4131")]
    [InlineData("the root", "", "3000")]
    [InlineData("dc as IA5String", "DC=x", "3013 3111 300F 060A 0992268993F22C640119 1601 78")]
    [InlineData("serialNumber as PrintableString", "serialNumber=7", "300C 310A 3008 0603 550405 1301 37")]
    [InlineData("email as IA5String", "email=a@b", "3014 3112 3010 0609 2A864886F70D010901 1603 614062")]
    [InlineData("a value as hexadecimal DER", "1.2.3=#0500", "300A 3108 3006 0602 2A03 0500")]
    [InlineData("two attributes in one relative name, sorted", "O=b+CN=a", "3016 3114 3008 0603 550403 0C01 61 3008 0603 55040A 0C01 62")]
    public void Parse_Encodes_AsExpected(string description, string text, string hex)
    {
        var name = DistinguishedName.Parse(text);
        Assert.True(Hex.Decode(hex).AsSpan().SequenceEqual(name.Encoded.Span), $"{description}: {Convert.ToHexString(name.Encoded.Span)}");
    }

    [Theory]
    [InlineData("the example with a comma", @"CN=James \""Jim\"" Smith\, III,DC=example,DC=net", "James \"Jim\" Smith, III")]
    [InlineData("a carriage return as hexadecimal pair", @"CN=Before\0dAfter,DC=example,DC=net", "Before\rAfter")]
    [InlineData("UTF-8 as hexadecimal pairs", @"CN=Lu\C4\8Di\C4\87", "Lučić")]
    [InlineData("spaces at both ends", @"CN=\ a \ ", " a  ")]
    [InlineData("a hash", @"CN=\#1", "#1")]
    [InlineData("an equals sign", "CN=a=b", "a=b")]
    [InlineData("an escaped equals sign", @"CN=a\=b", "a=b")]
    [InlineData("a backslash", @"CN=a\\", @"a\")]
    [InlineData("beyond the basic plane", "CN=😀", "😀")]
    [InlineData("spaces around separators", "  CN = a , O = b ", "a")]
    public void Parse_Reads_TheValue(string description, string text, string value) =>
        Assert.True(value == LastValue(DistinguishedName.Parse(text)), $"{description}: {LastValue(DistinguishedName.Parse(text))}");

    [Theory]
    [InlineData("no equals sign", "CN", 3)]
    [InlineData("unknown keyword", "XYZ=a", 1)]
    [InlineData("no value", "CN=", 4)]
    [InlineData("no value before a comma", "CN=,O=a", 4)]
    [InlineData("nothing after a comma", "CN=a,", 6)]
    [InlineData("two commas", "CN=a,,O=b", 6)]
    [InlineData("an unescaped quote", "CN=\"a\"", 4)]
    [InlineData("a semicolon", "CN=a;O=b", 5)]
    [InlineData("half an escape", @"CN=\4", 4)]
    [InlineData("a backslash at the end", @"CN=a\", 5)]
    [InlineData("no UTF-8", @"CN=\C4", 4)]
    [InlineData("an odd number of hexadecimal digits", "CN=#050", 5)]
    [InlineData("hexadecimal digits that are no DER", "CN=#0501", 5)]
    [InlineData("a country outside PrintableString", "C=Ö", 3)]
    [InlineData("an email outside IA5String", "email=ö@b", 7)]
    [InlineData("an arc that is no arc", "1.40.1=a", 1)]
    public void Parse_Refuses_AndTellsThePlace(string description, string text, int place)
    {
        var refusal = Assert.Throws<ArgumentException>(() => DistinguishedName.Parse(text));
        Assert.True(refusal.Message.Contains($"at character {place}:", StringComparison.Ordinal), $"{description}: {refusal.Message}");
        Assert.False(DistinguishedName.TryParse(text, out _));
    }

    // An attribute of a test cannot hold half a pair: it is stored as UTF-8.
    [Fact]
    public void Parse_Refuses_HalfASurrogatePair() => Assert.Throws<ArgumentException>(() => DistinguishedName.Parse("CN=a" + '\uD800'));

    [Theory]
    [InlineData("UTF8String", "0C03 E282AC", "CN=€")]
    [InlineData("PrintableString", "1301 61", "CN=a")]
    [InlineData("TeletexString as Latin-1", "1401 E9", "CN=é")]
    [InlineData("BMPString", "1E04 00610062", "CN=ab")]
    [InlineData("UniversalString", "1C04 00000061", "CN=a")]
    [InlineData("IA5String", "1601 61", "CN=a")]
    [InlineData("NumericString", "1202 3132", "CN=12")]
    [InlineData("VisibleString", "1A01 61", "CN=a")]
    [InlineData("INTEGER", "0201 05", "CN=#020105")]
    [InlineData("malformed UTF8String", "0C01 FF", "CN=#0c01ff")]
    [InlineData("empty text", "0C00", "CN=#0c00")]
    [InlineData("specials", "0C09 222B2C3B3C3E5C2361", @"CN=\""\+\,\;\<\>\\#a")]
    [InlineData("NUL and DEL", "0C02 007F", @"CN=\00\7F")]
    [InlineData("NEL and CSI, which terminals obey", "0C06 C285 C29B 326A", @"CN=\C2\85\C2\9B2j")]
    [InlineData("the ends of line and paragraph", "0C06 E280A8 E280A9", @"CN=\E2\80\A8\E2\80\A9")]
    [InlineData("right-to-left override and zero-width space", "0C06 E280AE E2808B", @"CN=\E2\80\AE\E2\80\8B")]
    public void ToString_Writes_EveryType(string description, string value, string text)
    {
        var name = WithCommonName(Hex.Decode(value));
        Assert.True(text == name.ToString(), $"{description}: {name}");
        Assert.Equal(name, DistinguishedName.Parse(text));
    }

    [Theory]
    [InlineData("case", "CN=User A,O=Domain", "cn=USER a,o=domain")]
    [InlineData("white space", "CN=User  A", @"CN=\ User A\ ")]
    [InlineData("type of string", "CN=a", "CN=#130161")]
    [InlineData("BMPString and UTF8String", "CN=ab", "CN=#1E0400610062")]
    [InlineData("order in a relative name", "CN=a+O=b", "O=b+CN=a")]
    [InlineData("composed and decomposed", "CN=é", "CN=e\u0301")]
    [InlineData("compatibility characters", "CN=ﬁne Ａ", "CN=fine a")]
    [InlineData("sharp s", "CN=Straße", "CN=STRASSE")]
    [InlineData("Greek capital and final sigma", "CN=ΟΔΟΣ", "CN=οδος")]
    [InlineData("soft hyphen", "CN=a\u00ADb", "CN=ab")]
    [InlineData("no-break space", "CN=a\u00A0b", "CN=a b")]
    [InlineData("dc and email", "DC=Example,email=A@B", "DC=example,email=a@b")]
    public void Equals_Ignores_WhatDoesNotMatter(string description, string left, string right)
    {
        var (one, other) = (DistinguishedName.Parse(left), DistinguishedName.Parse(right));
        Assert.True(one == other, $"{description}: {one.Canonical} {other.Canonical}");
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal(one.Canonical, other.Canonical);
    }

    [Theory]
    [InlineData("another value", "CN=a", "CN=b")]
    [InlineData("another type", "CN=a", "O=a")]
    [InlineData("another order of relative names", "CN=a,O=b", "O=b,CN=a")]
    [InlineData("one relative name and two", "CN=a+O=b", "CN=a,O=b")]
    [InlineData("a separator inside a value", @"CN=a\,2.5.4.10:b", "O=b,CN=a")]
    [InlineData("text and hexadecimal digits of another value", "CN=a", "CN=#020161")]
    [InlineData("a space inside", "CN=ab", "CN=a b")]
    [InlineData("an accent", "CN=e", "CN=é")]
    [InlineData("prefix", "CN=a,O=b", "O=b")]
    [InlineData("what is unassigned in Unicode 3.2", "CN=\u1E9E", "CN=\u1E9F")]
    public void Equals_Tells_DifferentNamesApart(string description, string left, string right) =>
        Assert.True(DistinguishedName.Parse(left) != DistinguishedName.Parse(right), description);

    [Theory]
    [InlineData("itself", "O=D,C=GB", "O=D,C=GB", true)]
    [InlineData("below", "CN=a,O=D,C=GB", "o=d,c=gb", true)]
    [InlineData("everything is below the root", "CN=a", "", true)]
    [InlineData("above", "C=GB", "O=D,C=GB", false)]
    [InlineData("beside", "CN=a,O=E,C=GB", "O=D,C=GB", false)]
    [InlineData("the value only begins alike", "O=Da,C=GB", "O=D,C=GB", false)]
    [InlineData("same names elsewhere", "O=D,C=GB,CN=x", "O=D,C=GB", false)]
    public void IsWithin_Follows_RelativeNames(string description, string name, string subtree, bool expected) =>
        Assert.True(expected == DistinguishedName.Parse(name).IsWithin(DistinguishedName.Parse(subtree)), description);

    [Theory]
    [InlineData("UTF8String", "CN=#0C0161", true)]
    [InlineData("PrintableString", "CN=#130161", true)]
    [InlineData("dc as IA5String", "DC=#160161", true)]
    [InlineData("a value that is no text", "CN=#020101", true)]
    [InlineData("TeletexString", "CN=#140161", false)]
    [InlineData("BMPString", "CN=#1E020061", false)]
    [InlineData("UniversalString", "CN=#1C0400000061", false)]
    [InlineData("VideotexString", "CN=#150161", false)]
    [InlineData("IA5String elsewhere", "CN=#160161", false)]
    [InlineData("dc as UTF8String", "DC=#0C0161", false)]
    [InlineData("malformed UTF-8", "CN=#0C01FF", false)]
    public void HasOnlyCurrentStrings_Follows_TheTypes(string description, string text, bool expected) =>
        Assert.True(expected == DistinguishedName.Parse(text).HasOnlyCurrentStrings, description);

    [Property(MaxTest = 500)]
    public void ToString_ParsesTo_AnEqualName(string? common, string? organization)
    {
        var name = Make(common, organization);
        var parsed = DistinguishedName.Parse(name.ToString());
        Assert.Equal(name, parsed);
        Assert.Equal(name.Encoded.ToArray(), parsed.Encoded.ToArray());
    }

    [Property(MaxTest = 500)]
    public void Decode_Keeps_OctetsAndComparison(string? common, string? organization)
    {
        var name = Make(common, organization);
        var decoded = DistinguishedName.Decode(name.Encoded);
        Assert.Equal(name.Canonical, decoded.Canonical);
        Assert.Equal(name.Encoded.ToArray(), decoded.Name.Encode());
    }

    // FsCheck makes strings with control characters and lone surrogates; the latter are no text and are left out.
    private static DistinguishedName Make(params string?[] values) => DistinguishedName.From(new Name.RdnSequence((SequenceOf<RelativeDistinguishedName>)
        values.Select(value => Relative(AttributeText.Write(ObjectIdentifier.Parse("2.5.4.3"), string.Concat((value ?? "").EnumerateRunes().Where(rune => rune.Value != 0xFFFD)) + "x"))).ToArray()));

    private static DistinguishedName WithCommonName(byte[] value) =>
        DistinguishedName.From(new Name.RdnSequence((SequenceOf<RelativeDistinguishedName>)[Relative(new AnyValue(value))]));

    private static RelativeDistinguishedName Relative(AnyValue value) =>
        new((SetOf<AttributeTypeAndValue>)[new AttributeTypeAndValue { Type = ObjectIdentifier.Parse("2.5.4.3"), Value = value }]);

    private static string? LastValue(DistinguishedName name)
    {
        var sequence = ((Name.RdnSequence)name.Name).Value;
        return AttributeText.Read(sequence[sequence.Count - 1][0].Value);
    }
}
