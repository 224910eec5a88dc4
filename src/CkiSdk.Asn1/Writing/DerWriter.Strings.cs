namespace CkiSdk.Asn1;

/// <content>Character strings (X.690 8.23).</content>
public ref partial struct DerWriter
{
    /// <summary>Writes a UTF8String: strict UTF-8 (X.690 8.23.10).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteUtf8String(Tag tag, Utf8String value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a NumericString (X.680 41.2).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteNumericString(Tag tag, NumericString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a PrintableString (X.680 41.4).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WritePrintableString(Tag tag, PrintableString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a TeletexString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteTeletexString(Tag tag, TeletexString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a VideotexString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteVideotexString(Tag tag, VideotexString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes an IA5String (X.680 41.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteIa5String(Tag tag, Ia5String value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a GraphicString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteGraphicString(Tag tag, GraphicString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a VisibleString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteVisibleString(Tag tag, VisibleString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a GeneralString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteGeneralString(Tag tag, GeneralString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a UniversalString: four octets a character (X.690 8.23.7).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteUniversalString(Tag tag, UniversalString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a BMPString: two octets a character (X.690 8.23.8).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteBmpString(Tag tag, BmpString value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes an ObjectDescriptor (X.690 8.25).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteObjectDescriptor(Tag tag, ObjectDescriptor value) => Primitive(tag, value.Octets.Span);
}
