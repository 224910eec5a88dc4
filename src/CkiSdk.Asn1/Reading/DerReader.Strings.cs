namespace CkiSdk.Asn1;

/// <content>Character strings (X.690 8.23).</content>
public ref partial struct DerReader
{
    /// <summary>Reads a UTF8String: strict UTF-8 (X.690 8.23.10).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is no UTF-8.</exception>
    public Utf8String ReadUtf8String(Tag tag) => ReadString<Utf8String>(tag);

    /// <summary>Reads a NumericString (X.680 41.2).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public NumericString ReadNumericString(Tag tag) => ReadString<NumericString>(tag);

    /// <summary>Reads a PrintableString (X.680 41.4).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public PrintableString ReadPrintableString(Tag tag) => ReadString<PrintableString>(tag);

    /// <summary>Reads a TeletexString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public TeletexString ReadTeletexString(Tag tag) => ReadString<TeletexString>(tag);

    /// <summary>Reads a VideotexString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public VideotexString ReadVideotexString(Tag tag) => ReadString<VideotexString>(tag);

    /// <summary>Reads an IA5String (X.680 41.1).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public Ia5String ReadIa5String(Tag tag) => ReadString<Ia5String>(tag);

    /// <summary>Reads a GraphicString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public GraphicString ReadGraphicString(Tag tag) => ReadString<GraphicString>(tag);

    /// <summary>Reads a VisibleString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public VisibleString ReadVisibleString(Tag tag) => ReadString<VisibleString>(tag);

    /// <summary>Reads a GeneralString (X.680 41.1).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public GeneralString ReadGeneralString(Tag tag) => ReadString<GeneralString>(tag);

    /// <summary>Reads a UniversalString: four octets a character (X.690 8.23.7).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its characters are no Unicode scalar values.</exception>
    public UniversalString ReadUniversalString(Tag tag) => ReadString<UniversalString>(tag);

    /// <summary>Reads a BMPString: two octets a character (X.690 8.23.8).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or its characters are not whole, or surrogates.</exception>
    public BmpString ReadBmpString(Tag tag) => ReadString<BmpString>(tag);

    /// <summary>Reads an ObjectDescriptor (X.690 8.25).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or a character lies outside the alphabet.</exception>
    public ObjectDescriptor ReadObjectDescriptor(Tag tag) => ReadString<ObjectDescriptor>(tag);

    /// <summary>Reads an OID-IRI (X.690 8.21).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is no labels behind slashes.</exception>
    public OidIri ReadOidIri(Tag tag) => ReadString<OidIri>(tag);

    /// <summary>Reads a RELATIVE-OID-IRI (X.690 8.22).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is no labels with slashes between.</exception>
    public RelativeOidIri ReadRelativeOidIri(Tag tag) => ReadString<RelativeOidIri>(tag);

    private T ReadString<T>(Tag tag)
        where T : struct, ICharacterString<T>
    {
        var end = CheckString<T>(tag, out var start);
        return T.Wrap(Take(start, end - start));
    }

    // Gives the end of a string of the alphabet and does not move.
    private readonly int CheckString<T>(Tag tag, out int start)
        where T : struct, ICharacterString<T>
    {
        start = Header(tag.AsPrimitive(), out var end);
        if (!T.IsValid(Octets(start, end)))
            ThrowAlphabet<T>();
        return end;
    }
}
