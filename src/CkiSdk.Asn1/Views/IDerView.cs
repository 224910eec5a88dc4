namespace CkiSdk.Asn1;

/// <summary>Marks a view: it validates an input once and then reads from it lazily, without an allocation.</summary>
/// <typeparam name="TSelf">The view itself.</typeparam>
public interface IDerView<TSelf> : IElementView<TSelf>
    where TSelf : IDerView<TSelf>, allows ref struct
{
    /// <summary>Gets the name of the type in its ASN.1 module; the first segment of a <see cref="DerException.Path"/>.</summary>
    static abstract string Asn1Name { get; }

    /// <summary>Reads past one value and checks all that decoding checks.</summary>
    /// <param name="reader">Stands at the first octet of the value, afterwards behind its last.</param>
    /// <exception cref="DerException">The octets are not the DER of this type.</exception>
    static abstract void Validate(ref DerReader reader);
}
