namespace CkiSdk.Asn1.Tests;

public sealed class ListTests
{
    private static readonly DerDecoder<int> ReadNumber = (ref DerReader r) => r.ReadInt32(Tag.Integer);
    private static readonly DerEncoder<int> WriteNumber = (ref DerWriter w, int v) => w.WriteInt32(Tag.Integer, v);

    [Theory]
    [InlineData("empty", "30 00", new int[0])]
    [InlineData("one", "30 03 02 01 05", new[] { 5 })]
    [InlineData("three in their own order", "30 0A 02 01 05 02 02 0080 02 01 04", new[] { 5, 128, 4 })]
    public void SequenceOf_IsReadAndWritten(string description, string hex, int[] items) => DerAssert.Writes(
        description,
        hex,
        (SequenceOf<int>)items,
        (ref DerWriter w, SequenceOf<int> v) => w.WriteSequenceOf(Tag.Sequence, v, WriteNumber),
        (ref DerReader r) => r.ReadSequenceOf(Tag.Sequence, ReadNumber));

    [Theory]
    [InlineData("empty", "31 00", new int[0])]
    [InlineData("one", "31 03 02 01 05", new[] { 5 })]
    [InlineData("in ascending order", "31 0A 02 01 04 02 01 05 02 02 0080", new[] { 4, 5, 128 })]
    [InlineData("in descending order", "31 0A 02 01 04 02 01 05 02 02 0080", new[] { 128, 5, 4 })]
    [InlineData("mixed", "31 0A 02 01 04 02 01 05 02 02 0080", new[] { 5, 128, 4 })]
    [InlineData("equal elements", "31 06 02 01 05 02 01 05", new[] { 5, 5 })]
    [InlineData("unsigned order of octets: 5 before -1", "31 06 02 01 05 02 01 FF", new[] { -1, 5 })]
    public void SetOf_IsReadAndWritten_InAscendingOrder(string description, string hex, int[] items) => DerAssert.Writes(
        description,
        hex,
        (SetOf<int>)items,
        (ref DerWriter w, SetOf<int> v) => w.WriteSetOf(Tag.Set, v, WriteNumber),
        (ref DerReader r) => r.ReadSetOf(Tag.Set, ReadNumber));

    [Theory]
    [InlineData("a wrong element", "30 04 05 00 05 00", DerErrorKind.UnexpectedTag)]
    [InlineData("a wrong last element", "30 05 02 01 05 05 00", DerErrorKind.UnexpectedTag)]
    [InlineData("an element cut off", "30 04 02 01 05 02", DerErrorKind.UnexpectedEnd)]
    [InlineData("an element beyond the end", "30 05 02 01 05 02 01 00", DerErrorKind.UnexpectedEnd)]
    [InlineData("an element that is malformed", "30 04 02 02 0001", DerErrorKind.InvalidInteger)]
    [InlineData("the primitive form", "10 03 02 01 05", DerErrorKind.UnexpectedTag)]
    [InlineData("a SET", "31 03 02 01 05", DerErrorKind.UnexpectedTag)]
    public void ReadSequenceOf_Rejects(string description, string hex, DerErrorKind kind) =>
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadSequenceOf(Tag.Sequence, ReadNumber));

    [Fact]
    public void ReadSequenceOf_Rejects_ElementsThatTheDecoderLeaves() => DerAssert.Refuses(
        "two NULLs, one of them left",
        "30 04 05 00 05 00",
        DerErrorKind.TrailingData,
        (ref DerReader r) => r.ReadSequenceOf(Tag.Sequence, (ref DerReader _) => 0));

    [Theory]
    [InlineData("descending", "31 06 02 01 05 02 01 04", DerErrorKind.NotInSetOrder)]
    [InlineData("the last out of order", "31 09 02 01 04 02 01 05 02 01 04", DerErrorKind.NotInSetOrder)]
    [InlineData("the longer one first", "31 07 02 02 0080 02 01 05", DerErrorKind.NotInSetOrder)]
    [InlineData("signed order", "31 06 02 01 FF 02 01 05", DerErrorKind.NotInSetOrder)]
    public void ReadSetOf_Rejects(string description, string hex, DerErrorKind kind) =>
        DerAssert.Refuses(description, hex, kind, (ref DerReader r) => r.ReadSetOf(Tag.Set, ReadNumber));

    [Fact]
    public void WriteSetOf_Sorts_InsideOfWhatWasWritten()
    {
        DerEncoder<SetOf<int>> write = (ref DerWriter w, SetOf<int> v) =>
        {
            w.WriteNull(Tag.Null);
            w.WriteSetOf(Tag.Context(1, constructed: true), v, WriteNumber);
            w.WriteNull(Tag.Null);
        };
        Assert.Equal(DerAssert.Hex("0500 A106 020103 020107 0500"), DerAssert.Encode([7, 3], write));
    }
}
