namespace CkiSdk.Asn1;

/// <content>The TIME types (X.690 8.26).</content>
public ref partial struct DerReader
{
    /// <summary>Reads a TIME (X.690 8.26.1).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is no TIME in its DER form.</exception>
    public IsoTime ReadTime(Tag tag) => ReadIso<IsoTime>(tag);

    /// <summary>Reads a DATE (X.690 8.26.2).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is no DATE in its DER form.</exception>
    public IsoDate ReadDate(Tag tag) => ReadIso<IsoDate>(tag);

    /// <summary>Reads a TIME-OF-DAY (X.690 8.26.3).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is no TIME-OF-DAY in its DER form.</exception>
    public IsoTimeOfDay ReadTimeOfDay(Tag tag) => ReadIso<IsoTimeOfDay>(tag);

    /// <summary>Reads a DATE-TIME (X.690 8.26.4).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is no DATE-TIME in its DER form.</exception>
    public IsoDateTime ReadDateTime(Tag tag) => ReadIso<IsoDateTime>(tag);

    /// <summary>Reads a DURATION (X.690 8.26.5).</summary>
    /// <param name="tag">The tag that it must have.</param>
    /// <exception cref="DerException">Another element follows, or it is no DURATION in its DER form.</exception>
    public IsoDuration ReadDuration(Tag tag) => ReadIso<IsoDuration>(tag);

    private T ReadIso<T>(Tag tag)
        where T : struct, IIsoText<T>
    {
        var content = Content(tag, out var start);
        if (content.Length > TimeGrammar.MostLength || !T.IsValid(content))
            ThrowAt(DerErrorKind.InvalidTime, _position, $"{T.TypeName} that is not in its DER form");
        return T.Wrap(Take(start, content.Length));
    }
}
