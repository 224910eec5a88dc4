namespace CkiSdk.Asn1;

/// <content>The TIME types (X.690 8.26) and internationalised identifiers (X.690 8.21, 8.22).</content>
public ref partial struct DerWriter
{
    /// <summary>Writes a TIME (X.690 8.26.1).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteTime(Tag tag, IsoTime value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a DATE (X.690 8.26.2).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteDate(Tag tag, IsoDate value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a TIME-OF-DAY (X.690 8.26.3).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteTimeOfDay(Tag tag, IsoTimeOfDay value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a DATE-TIME (X.690 8.26.4).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteDateTime(Tag tag, IsoDateTime value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a DURATION (X.690 8.26.5).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteDuration(Tag tag, IsoDuration value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a OID-IRI (X.690 8.21).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteOidIri(Tag tag, OidIri value) => Primitive(tag, value.Octets.Span);

    /// <summary>Writes a RELATIVE-OID-IRI (X.690 8.22).</summary>
    /// <param name="tag">The tag that it gets.</param>
    /// <param name="value">The value.</param>
    public void WriteRelativeOidIri(Tag tag, RelativeOidIri value) => Primitive(tag, value.Octets.Span);
}
