namespace CkiSdk.Asn1.Tests;

public sealed class PrimitiveTests
{
    [Theory]
    [InlineData("FALSE", "01 01 00", false)]
    [InlineData("TRUE", "01 01 FF", true)]
    public void Boolean_IsReadAndWritten(string description, string hex, bool value) => DerAssert.Writes(
        description,
        hex,
        value,
        (ref DerWriter w, bool v) => w.WriteBoolean(Tag.Boolean, v),
        (ref DerReader r) => r.ReadBoolean(Tag.Boolean));

    [Theory]
    [InlineData("TRUE as BER admits it", "01 01 01", DerErrorKind.InvalidBoolean)]
    [InlineData("nearly TRUE", "01 01 FE", DerErrorKind.InvalidBoolean)]
    [InlineData("no content", "01 00", DerErrorKind.InvalidBoolean)]
    [InlineData("two octets", "01 02 FF FF", DerErrorKind.InvalidBoolean)]
    [InlineData("constructed", "21 03 01 01 FF", DerErrorKind.UnexpectedTag)]
    [InlineData("an INTEGER", "02 01 00", DerErrorKind.UnexpectedTag)]
    public void ReadBoolean_Rejects(string description, string hex, DerErrorKind kind) =>
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadBoolean(Tag.Boolean));

    [Fact]
    public void Null_IsReadAndWritten() => DerAssert.Writes(
        "NULL", "05 00", default(Null), (ref DerWriter w, Null v) => w.WriteNull(Tag.Null, v), (ref DerReader r) => r.ReadNull(Tag.Null));

    [Theory]
    [InlineData("content", "05 01 00", DerErrorKind.InvalidNull)]
    [InlineData("a length in the long form", "05 81 00", DerErrorKind.NonMinimalLength)]
    [InlineData("constructed", "25 00", DerErrorKind.UnexpectedTag)]
    public void ReadNull_Rejects(string description, string hex, DerErrorKind kind) =>
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadNull(Tag.Null));

    [Theory]
    [InlineData("empty", "04 00", "")]
    [InlineData("three octets", "04 03 010203", "010203")]
    public void OctetString_IsReadAndWritten(string description, string hex, string content) => DerAssert.Writes(
        description,
        hex,
        OctetString.FromHex(content),
        (ref DerWriter w, OctetString v) => w.WriteOctetString(Tag.OctetString, v),
        (ref DerReader r) => r.ReadOctetString(Tag.OctetString));

    [Fact]
    public void ReadOctetString_Slices_TheInput()
    {
        var input = DerAssert.Hex("04 01 07");
        var reader = new DerReader(input);
        var value = reader.ReadOctetString(Tag.OctetString);
        input[2] = 8;
        Assert.Equal([8], value.ToArray());
    }

    [Theory]
    [InlineData("the lowest", "06 01 00", "0.0")]
    [InlineData("the last arc under 0", "06 01 27", "0.39")]
    [InlineData("the first arc under 1", "06 01 28", "1.0")]
    [InlineData("the last arc under 1", "06 01 4F", "1.39")]
    [InlineData("the first arc under 2", "06 01 50", "2.0")]
    [InlineData("the example of X.690 8.19.5", "06 03 883703", "2.999.3")]
    [InlineData("RSA", "06 06 2A864886F70D", "1.2.840.113549")]
    [InlineData("an arc of 128 bits", "06 14 6983C4E486AAB793A287D9B896D1C685BCD1B61E", "2.25.300925013569037081049924713136157645598")]
    [InlineData("an arc of 2^63", "06 0B 2A 81808080808080808000", "1.2.9223372036854775808")]
    [InlineData("an arc of 2^64 - 1", "06 0B 2A 81FFFFFFFFFFFFFFFF7F", "1.2.18446744073709551615")]
    public void ObjectIdentifier_IsReadAndWritten(string description, string hex, string dotted)
    {
        var content = DerAssert.Hex(hex)[2..];
        var value = ObjectIdentifier.FromEncoded(content);
        Assert.Equal(dotted, value.ToString());
        Assert.Equal(value, ObjectIdentifier.Parse(dotted));
        DerAssert.Writes(
            description,
            hex,
            value,
            (ref DerWriter w, ObjectIdentifier v) => w.WriteObjectIdentifier(Tag.ObjectIdentifier, v),
            (ref DerReader r) => r.ReadObjectIdentifier(Tag.ObjectIdentifier));
    }

    [Theory]
    [InlineData("one arc", "0D 01 00", "0")]
    [InlineData("the example of X.690 8.20.5", "0D 04 C27B0302", "8571.3.2")]
    public void RelativeOid_IsReadAndWritten(string description, string hex, string dotted) => DerAssert.Writes(
        description,
        hex,
        RelativeOid.Parse(dotted),
        (ref DerWriter w, RelativeOid v) => w.WriteRelativeOid(Tag.RelativeOid, v),
        (ref DerReader r) => r.ReadRelativeOid(Tag.RelativeOid));

    [Theory]
    [InlineData("no content", "06 00", DerErrorKind.InvalidObjectIdentifier)]
    [InlineData("a padded first arc", "06 02 80 2A", DerErrorKind.InvalidObjectIdentifier)]
    [InlineData("a padded later arc", "06 03 2A 80 01", DerErrorKind.InvalidObjectIdentifier)]
    [InlineData("a padded arc after a long one", "06 05 2A 86 48 80 01", DerErrorKind.InvalidObjectIdentifier)]
    [InlineData("an arc without an end", "06 02 2A 86", DerErrorKind.InvalidObjectIdentifier)]
    [InlineData("constructed", "26 03 06 01 2A", DerErrorKind.UnexpectedTag)]
    public void ReadObjectIdentifier_Rejects(string description, string hex, DerErrorKind kind)
    {
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadObjectIdentifier(Tag.ObjectIdentifier));
        var relative = "0D" + hex[2..];
        if (kind == DerErrorKind.InvalidObjectIdentifier)
            DerAssert.Refuses(description, relative, kind, (ref DerReader r) => r.ReadRelativeOid(Tag.RelativeOid));
    }
}
