using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Asn1.Modules.SelectedAttributeTypes;

namespace CkiSdk.Pki.Names;

/// <summary>Reads and writes attribute values that are texts.</summary>
internal static class AttributeText
{
    /// <summary>Gets the text of a value, or <see langword="null"/> if it is no text or violates its alphabet.</summary>
    public static string? Read(AnyValue value)
    {
        if (value.Tag.Class != TagClass.Universal)
            return null;
        try
        {
            return Decode(value);
        }
        catch (DerException)
        {
            return null;
        }
    }

    /// <summary>Makes a value of the type of string that an attribute is written with today.</summary>
    /// <exception cref="ArgumentException">A character is outside the alphabet.</exception>
    public static AnyValue Write(ObjectIdentifier type, string text)
    {
        if (IsIa5(type))
            return new AnyValue(Der.Encode(new Ia5String(text), static (ref DerWriter writer, Ia5String value) => writer.WriteIa5String(Tag.Ia5String, value)));
        if (IsPrintable(type))
            return new AnyValue(Der.Encode(new PrintableString(text), static (ref DerWriter writer, PrintableString value) => writer.WritePrintableString(Tag.PrintableString, value)));
        return new AnyValue(Der.Encode(new Utf8String(text), static (ref DerWriter writer, Utf8String value) => writer.WriteUtf8String(Tag.Utf8String, value)));
    }

    /// <summary>Tells whether a value is no text, or a text of a type that is current for its attribute.</summary>
    public static bool IsCurrent(AttributeTypeAndValue attribute)
    {
        var tag = attribute.Value.Tag;
        if (!IsString(tag))
            return true;
        var isCurrent = IsIa5(attribute.Type) ? tag == Tag.Ia5String : tag == Tag.PrintableString || tag == Tag.Utf8String;
        return isCurrent && Read(attribute.Value) is not null;
    }

    private static bool IsIa5(ObjectIdentifier type) =>
        type == SelectedAttributeTypesValues.IdDomainComponent || type == SelectedAttributeTypesValues.IdEmailAddress;

    private static bool IsPrintable(ObjectIdentifier type) =>
        type == SelectedAttributeTypesValues.IdAtCountryName
        || type == SelectedAttributeTypesValues.IdAtSerialNumber
        || type == SelectedAttributeTypesValues.IdAtDnQualifier;

    // Universal numbers 18 to 22, 25 to 28 and 30 are the character strings besides UTF8String, 12 (X.680 table 1).
    private static bool IsString(Tag tag) =>
        tag.Class == TagClass.Universal && tag.Number is 12 or (>= 18 and <= 22) or (>= 25 and <= 28) or 30;

    private static string? Decode(AnyValue value)
    {
        var reader = new DerReader(value.Encoded);
        var tag = value.Tag;
        return tag.Number switch
        {
            12 => reader.ReadUtf8String(tag).ToString(),
            18 => reader.ReadNumericString(tag).ToString(),
            19 => reader.ReadPrintableString(tag).ToString(),
            20 => reader.ReadTeletexString(tag).ToString(),
            22 => reader.ReadIa5String(tag).ToString(),
            26 => reader.ReadVisibleString(tag).ToString(),
            28 => reader.ReadUniversalString(tag).ToString(),
            30 => reader.ReadBmpString(tag).ToString(),
            _ => null,
        };
    }
}
