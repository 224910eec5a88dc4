namespace CkiSdk.Asn1;

/// <content>Types that carry values of other syntaxes (X.690 8.17, 8.18, 8.24, X.681 C).</content>
public ref partial struct DerWriter
{
    /// <summary>Writes an EXTERNAL.</summary>
    /// <param name="tag">The tag to write.</param>
    /// <param name="value">The value.</param>
    public void WriteExternal(Tag tag, External value) => value.Encode(ref this, tag);

    /// <summary>Writes an EMBEDDED PDV.</summary>
    /// <param name="tag">The tag to write.</param>
    /// <param name="value">The value.</param>
    public void WriteEmbeddedPdv(Tag tag, EmbeddedPdv value) => value.Encode(ref this, tag);

    /// <summary>Writes a CHARACTER STRING.</summary>
    /// <param name="tag">The tag to write.</param>
    /// <param name="value">The value.</param>
    public void WriteCharacterString(Tag tag, CharacterString value) => value.Encode(ref this, tag);

    /// <summary>Writes an INSTANCE OF.</summary>
    /// <param name="tag">The tag to write.</param>
    /// <param name="value">The value.</param>
    public void WriteInstanceOf(Tag tag, InstanceOf value) => value.Encode(ref this, tag);
}
