namespace CkiSdk.Asn1.Tests;

public sealed class IntegerTests
{
    [Theory]
    [InlineData("zero", "02 01 00", 0)]
    [InlineData("127", "02 01 7F", 127)]
    [InlineData("128 needs a sign octet", "02 02 0080", 128)]
    [InlineData("-1", "02 01 FF", -1)]
    [InlineData("-128", "02 01 80", -128)]
    [InlineData("-129", "02 02 FF7F", -129)]
    [InlineData("the greatest of 32 bits", "02 04 7FFFFFFF", int.MaxValue)]
    [InlineData("the least of 32 bits", "02 04 80000000", int.MinValue)]
    public void Int32_IsReadAndWritten(string description, string hex, int value)
    {
        DerAssert.Writes(
            description,
            hex,
            value,
            (ref DerWriter w, int v) => w.WriteInt32(Tag.Integer, v),
            (ref DerReader r) => r.ReadInt32(Tag.Integer));
        DerAssert.Writes(
            description,
            hex,
            (long)value,
            (ref DerWriter w, long v) => w.WriteInt64(Tag.Integer, v),
            (ref DerReader r) => r.ReadInt64(Tag.Integer));
        DerAssert.Writes(
            description,
            hex,
            (Integer)value,
            (ref DerWriter w, Integer v) => w.WriteInteger(Tag.Integer, v),
            (ref DerReader r) => r.ReadInteger(Tag.Integer));
        DerAssert.Writes(
            description,
            "0A" + hex[2..],
            value,
            (ref DerWriter w, int v) => w.WriteEnumerated(Tag.Enumerated, v),
            (ref DerReader r) => r.ReadEnumerated(Tag.Enumerated));
    }

    [Theory]
    [InlineData("2^31", "02 05 0080000000", 2147483648)]
    [InlineData("the greatest of 64 bits", "02 08 7FFFFFFFFFFFFFFF", long.MaxValue)]
    [InlineData("the least of 64 bits", "02 08 8000000000000000", long.MinValue)]
    public void Int64_IsReadAndWritten(string description, string hex, long value)
    {
        DerAssert.Writes(
            description,
            hex,
            value,
            (ref DerWriter w, long v) => w.WriteInt64(Tag.Integer, v),
            (ref DerReader r) => r.ReadInt64(Tag.Integer));
        DerAssert.Writes(
            description,
            hex,
            (Integer)value,
            (ref DerWriter w, Integer v) => w.WriteInteger(Tag.Integer, v),
            (ref DerReader r) => r.ReadInteger(Tag.Integer));
        DerAssert.Refuses(description, hex, DerErrorKind.ConstraintViolated, (ref DerReader r) => r.ReadInt32(Tag.Integer));
        DerAssert.Refuses(
            description, "0A" + hex[2..], DerErrorKind.InvalidEnumerated, (ref DerReader r) => r.ReadEnumerated(Tag.Enumerated));
    }

    [Fact]
    public void ReadInt64_Rejects_NineOctets()
    {
        const string hex = "02 09 008000000000000000";
        DerAssert.Refuses("2^63", hex, DerErrorKind.ConstraintViolated, (ref DerReader r) => r.ReadInt64(Tag.Integer));
        DerAssert.Reads("2^63", hex, "9223372036854775808", (ref DerReader r) => r.ReadInteger(Tag.Integer).ToString());
    }

    [Theory]
    [InlineData("no content", "02 00")]
    [InlineData("a redundant zero", "02 02 007F")]
    [InlineData("a redundant zero before zero", "02 02 0000")]
    [InlineData("a redundant FF", "02 02 FF80")]
    [InlineData("a redundant FF of three", "02 03 FFFFFF")]
    [InlineData("a redundant zero of nine", "02 09 007FFFFFFFFFFFFFFF")]
    public void ReadInteger_Rejects(string description, string hex)
    {
        DerAssert.Refuses(description, hex, DerErrorKind.InvalidInteger, (ref DerReader r) => r.ReadInteger(Tag.Integer));
        DerAssert.Refuses(description, hex, DerErrorKind.InvalidInteger, (ref DerReader r) => r.ReadInt32(Tag.Integer));
        DerAssert.Refuses(description, hex, DerErrorKind.InvalidInteger, (ref DerReader r) => r.ReadInt64(Tag.Integer));
        DerAssert.Refuses(
            description, "0A" + hex[2..], DerErrorKind.InvalidEnumerated, (ref DerReader r) => r.ReadEnumerated(Tag.Enumerated));
        Assert.Throws<ArgumentException>(() => new Integer(DerAssert.Hex(hex).AsMemory(2)));
    }
}
