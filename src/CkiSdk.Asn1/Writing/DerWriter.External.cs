namespace CkiSdk.Asn1;

/// <content>EXTERNAL (X.690 8.18).</content>
public ref partial struct DerWriter
{
    /// <summary>Writes an EXTERNAL.</summary>
    /// <param name="tag">The tag to write.</param>
    /// <param name="value">The value.</param>
    public void WriteExternal(Tag tag, External value) => value.Encode(ref this, tag);
}
