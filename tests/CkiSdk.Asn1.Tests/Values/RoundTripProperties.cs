using FsCheck.Xunit;

namespace CkiSdk.Asn1.Tests;

/// <summary>Shows for each value type that decode(encode(x)) = x, under its own tag and under an implicit one.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 200)]
public sealed class RoundTripProperties
{
    private static readonly Tag Implicit = Tag.Context(77, constructed: false);

    [Property]
    public void Integer_ComesBack(Integer value)
    {
        ComesBack(value, (ref DerWriter w, Integer v) => w.WriteInteger(Tag.Integer, v), (ref DerReader r) => r.ReadInteger(Tag.Integer));
        ComesBack(value, (ref DerWriter w, Integer v) => w.WriteInteger(Implicit, v), (ref DerReader r) => r.ReadInteger(Implicit));
    }

    [Property]
    public void OctetString_ComesBack(OctetString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, OctetString v) => w.WriteOctetString(Tag.OctetString, v),
            (ref DerReader r) => r.ReadOctetString(Tag.OctetString));
        ComesBack(
            value, (ref DerWriter w, OctetString v) => w.WriteOctetString(Implicit, v), (ref DerReader r) => r.ReadOctetString(Implicit));
    }

    [Property]
    public void BitString_ComesBack(BitString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, BitString v) => w.WriteBitString(Tag.BitString, v),
            (ref DerReader r) => r.ReadBitString(Tag.BitString));
        ComesBack(value, (ref DerWriter w, BitString v) => w.WriteBitString(Implicit, v), (ref DerReader r) => r.ReadBitString(Implicit));
    }

    [Property]
    public void ObjectIdentifier_ComesBack(ObjectIdentifier value)
    {
        ComesBack(
            value,
            (ref DerWriter w, ObjectIdentifier v) => w.WriteObjectIdentifier(Tag.ObjectIdentifier, v),
            (ref DerReader r) => r.ReadObjectIdentifier(Tag.ObjectIdentifier));
        ComesBack(
            value,
            (ref DerWriter w, ObjectIdentifier v) => w.WriteObjectIdentifier(Implicit, v),
            (ref DerReader r) => r.ReadObjectIdentifier(Implicit));
    }

    [Property]
    public void RelativeOid_ComesBack(RelativeOid value)
    {
        ComesBack(
            value,
            (ref DerWriter w, RelativeOid v) => w.WriteRelativeOid(Tag.RelativeOid, v),
            (ref DerReader r) => r.ReadRelativeOid(Tag.RelativeOid));
        ComesBack(
            value, (ref DerWriter w, RelativeOid v) => w.WriteRelativeOid(Implicit, v), (ref DerReader r) => r.ReadRelativeOid(Implicit));
    }

    [Property]
    public void UtcTime_ComesBack(UtcTime value)
    {
        ComesBack(value, (ref DerWriter w, UtcTime v) => w.WriteUtcTime(Tag.UtcTime, v), (ref DerReader r) => r.ReadUtcTime(Tag.UtcTime));
        ComesBack(value, (ref DerWriter w, UtcTime v) => w.WriteUtcTime(Implicit, v), (ref DerReader r) => r.ReadUtcTime(Implicit));
    }

    [Property]
    public void GeneralizedTime_ComesBack(GeneralizedTime value)
    {
        ComesBack(
            value,
            (ref DerWriter w, GeneralizedTime v) => w.WriteGeneralizedTime(Tag.GeneralizedTime, v),
            (ref DerReader r) => r.ReadGeneralizedTime(Tag.GeneralizedTime));
        ComesBack(
            value,
            (ref DerWriter w, GeneralizedTime v) => w.WriteGeneralizedTime(Implicit, v),
            (ref DerReader r) => r.ReadGeneralizedTime(Implicit));
    }

    [Property]
    public void Utf8String_ComesBack(Utf8String value)
    {
        ComesBack(
            value,
            (ref DerWriter w, Utf8String v) => w.WriteUtf8String(Tag.Utf8String, v),
            (ref DerReader r) => r.ReadUtf8String(Tag.Utf8String));
        ComesBack(
            value, (ref DerWriter w, Utf8String v) => w.WriteUtf8String(Implicit, v), (ref DerReader r) => r.ReadUtf8String(Implicit));
    }

    [Property]
    public void NumericString_ComesBack(NumericString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, NumericString v) => w.WriteNumericString(Tag.NumericString, v),
            (ref DerReader r) => r.ReadNumericString(Tag.NumericString));
        ComesBack(
            value,
            (ref DerWriter w, NumericString v) => w.WriteNumericString(Implicit, v),
            (ref DerReader r) => r.ReadNumericString(Implicit));
    }

    [Property]
    public void PrintableString_ComesBack(PrintableString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, PrintableString v) => w.WritePrintableString(Tag.PrintableString, v),
            (ref DerReader r) => r.ReadPrintableString(Tag.PrintableString));
        ComesBack(
            value,
            (ref DerWriter w, PrintableString v) => w.WritePrintableString(Implicit, v),
            (ref DerReader r) => r.ReadPrintableString(Implicit));
    }

    [Property]
    public void TeletexString_ComesBack(TeletexString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, TeletexString v) => w.WriteTeletexString(Tag.TeletexString, v),
            (ref DerReader r) => r.ReadTeletexString(Tag.TeletexString));
        ComesBack(
            value,
            (ref DerWriter w, TeletexString v) => w.WriteTeletexString(Implicit, v),
            (ref DerReader r) => r.ReadTeletexString(Implicit));
    }

    [Property]
    public void VideotexString_ComesBack(VideotexString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, VideotexString v) => w.WriteVideotexString(Tag.VideotexString, v),
            (ref DerReader r) => r.ReadVideotexString(Tag.VideotexString));
        ComesBack(
            value,
            (ref DerWriter w, VideotexString v) => w.WriteVideotexString(Implicit, v),
            (ref DerReader r) => r.ReadVideotexString(Implicit));
    }

    [Property]
    public void Ia5String_ComesBack(Ia5String value)
    {
        ComesBack(
            value,
            (ref DerWriter w, Ia5String v) => w.WriteIa5String(Tag.Ia5String, v),
            (ref DerReader r) => r.ReadIa5String(Tag.Ia5String));
        ComesBack(value, (ref DerWriter w, Ia5String v) => w.WriteIa5String(Implicit, v), (ref DerReader r) => r.ReadIa5String(Implicit));
    }

    [Property]
    public void GraphicString_ComesBack(GraphicString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, GraphicString v) => w.WriteGraphicString(Tag.GraphicString, v),
            (ref DerReader r) => r.ReadGraphicString(Tag.GraphicString));
        ComesBack(
            value,
            (ref DerWriter w, GraphicString v) => w.WriteGraphicString(Implicit, v),
            (ref DerReader r) => r.ReadGraphicString(Implicit));
    }

    [Property]
    public void VisibleString_ComesBack(VisibleString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, VisibleString v) => w.WriteVisibleString(Tag.VisibleString, v),
            (ref DerReader r) => r.ReadVisibleString(Tag.VisibleString));
        ComesBack(
            value,
            (ref DerWriter w, VisibleString v) => w.WriteVisibleString(Implicit, v),
            (ref DerReader r) => r.ReadVisibleString(Implicit));
    }

    [Property]
    public void GeneralString_ComesBack(GeneralString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, GeneralString v) => w.WriteGeneralString(Tag.GeneralString, v),
            (ref DerReader r) => r.ReadGeneralString(Tag.GeneralString));
        ComesBack(
            value,
            (ref DerWriter w, GeneralString v) => w.WriteGeneralString(Implicit, v),
            (ref DerReader r) => r.ReadGeneralString(Implicit));
    }

    [Property]
    public void UniversalString_ComesBack(UniversalString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, UniversalString v) => w.WriteUniversalString(Tag.UniversalString, v),
            (ref DerReader r) => r.ReadUniversalString(Tag.UniversalString));
        ComesBack(
            value,
            (ref DerWriter w, UniversalString v) => w.WriteUniversalString(Implicit, v),
            (ref DerReader r) => r.ReadUniversalString(Implicit));
    }

    [Property]
    public void BmpString_ComesBack(BmpString value)
    {
        ComesBack(
            value,
            (ref DerWriter w, BmpString v) => w.WriteBmpString(Tag.BmpString, v),
            (ref DerReader r) => r.ReadBmpString(Tag.BmpString));
        ComesBack(value, (ref DerWriter w, BmpString v) => w.WriteBmpString(Implicit, v), (ref DerReader r) => r.ReadBmpString(Implicit));
    }

    [Property]
    public void ObjectDescriptor_ComesBack(ObjectDescriptor value)
    {
        ComesBack(
            value,
            (ref DerWriter w, ObjectDescriptor v) => w.WriteObjectDescriptor(Tag.ObjectDescriptor, v),
            (ref DerReader r) => r.ReadObjectDescriptor(Tag.ObjectDescriptor));
        ComesBack(
            value,
            (ref DerWriter w, ObjectDescriptor v) => w.WriteObjectDescriptor(Implicit, v),
            (ref DerReader r) => r.ReadObjectDescriptor(Implicit));
    }

    [Property]
    public void NamedBits_ComeBack(BitString value) => ComesBack(
        value.TrimTrailingZeros(),
        (ref DerWriter w, BitString v) => w.WriteNamedBitString(Tag.BitString, v),
        (ref DerReader r) => r.ReadNamedBitString(Tag.BitString));

    [Property]
    public void Boolean_ComesBack(bool value) =>
        ComesBack(value, (ref DerWriter w, bool v) => w.WriteBoolean(Tag.Boolean, v), (ref DerReader r) => r.ReadBoolean(Tag.Boolean));

    [Property]
    public void Int32_ComesBack(int value) =>
        ComesBack(value, (ref DerWriter w, int v) => w.WriteInt32(Tag.Integer, v), (ref DerReader r) => r.ReadInt32(Tag.Integer));

    [Property]
    public void Int64_ComesBack(long value)
    {
        ComesBack(value, (ref DerWriter w, long v) => w.WriteInt64(Tag.Integer, v), (ref DerReader r) => r.ReadInt64(Tag.Integer));
        ComesBack(
            value, (ref DerWriter w, long v) => w.WriteInteger(Tag.Integer, v), (ref DerReader r) => r.ReadInteger(Tag.Integer).ToInt64());
    }

    [Property]
    public void Enumerated_ComesBack(int value) =>
        ComesBack(
            value, (ref DerWriter w, int v) => w.WriteEnumerated(Tag.Enumerated, v), (ref DerReader r) => r.ReadEnumerated(Tag.Enumerated));

    [Property]
    public void Real_ComesBack(double value) =>
        ComesBack((Real)value, (ref DerWriter w, Real v) => w.WriteReal(Tag.Real, v), (ref DerReader r) => r.ReadReal(Tag.Real));

    [Property]
    public void Real_ComesBack_WhateverItsBits(long bits) => Real_ComesBack(BitConverter.Int64BitsToDouble(bits));

    [Property]
    public void AnyValue_ComesBack(AnyValue value) =>
        ComesBack(value, (ref DerWriter w, AnyValue v) => w.WriteAny(v), (ref DerReader r) => r.ReadAny());

    [Property]
    public void SequenceOf_ComesBack(SequenceOf<Integer> value) => ComesBack(
        value,
        (ref DerWriter w, SequenceOf<Integer> v) => w.WriteSequenceOf(
            Tag.Sequence, v, (ref DerWriter e, Integer i) => e.WriteInteger(Tag.Integer, i)),
        (ref DerReader r) => r.ReadSequenceOf(Tag.Sequence, (ref DerReader e) => e.ReadInteger(Tag.Integer)));

    [Property]
    public void SetOf_ComesBack(SetOf<Integer> value) => ComesBack(
        value,
        (ref DerWriter w, SetOf<Integer> v) => w.WriteSetOf(Tag.Set, v, (ref DerWriter e, Integer i) => e.WriteInteger(Tag.Integer, i)),
        (ref DerReader r) => r.ReadSetOf(Tag.Set, (ref DerReader e) => e.ReadInteger(Tag.Integer)));

    private static void ComesBack<T>(T value, DerEncoder<T> write, DerDecoder<T> read)
    {
        var der = DerAssert.Encode(value, write);
        var back = Der.Decode("Value", der, read);
        Assert.True(EqualityComparer<T>.Default.Equals(value, back), Convert.ToHexString(der));
        Assert.Equal(value!.GetHashCode(), back!.GetHashCode());
        Assert.Equal(der, DerAssert.Encode(back, write));
    }
}
