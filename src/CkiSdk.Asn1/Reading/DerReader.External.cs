namespace CkiSdk.Asn1;

/// <content>EXTERNAL (X.690 8.18).</content>
public ref partial struct DerReader
{
    /// <summary>Reads an EXTERNAL.</summary>
    /// <param name="tag">The tag to expect.</param>
    /// <exception cref="DerException">The element is no EXTERNAL.</exception>
    public External ReadExternal(Tag tag) => External.Decode(ref this, tag);
}
