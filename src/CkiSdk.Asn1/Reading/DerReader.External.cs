namespace CkiSdk.Asn1;

/// <content>Types that carry values of other syntaxes (X.690 8.17, 8.18, 8.24, X.681 C).</content>
public ref partial struct DerReader
{
    /// <summary>Reads an EXTERNAL.</summary>
    /// <param name="tag">The tag to expect.</param>
    public External ReadExternal(Tag tag) => External.Decode(ref this, tag);

    /// <summary>Reads an EMBEDDED PDV.</summary>
    /// <param name="tag">The tag to expect.</param>
    public EmbeddedPdv ReadEmbeddedPdv(Tag tag) => EmbeddedPdv.Decode(ref this, tag);

    /// <summary>Reads a CHARACTER STRING.</summary>
    /// <param name="tag">The tag to expect.</param>
    public CharacterString ReadCharacterString(Tag tag) => CharacterString.Decode(ref this, tag);

    /// <summary>Reads an INSTANCE OF.</summary>
    /// <param name="tag">The tag to expect.</param>
    public InstanceOf ReadInstanceOf(Tag tag) => InstanceOf.Decode(ref this, tag);
}
