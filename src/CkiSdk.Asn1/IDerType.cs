namespace CkiSdk.Asn1;

/// <summary>Marks a type that reads and writes its own DER.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IDerType<TSelf>
    where TSelf : IDerType<TSelf>
{
    /// <summary>Gets the name of the type in its ASN.1 module; the first segment of a <see cref="DerException.Path"/>.</summary>
    static abstract string Asn1Name { get; }

    /// <summary>Gets the description of the type, from which text, JSON and random values come.</summary>
    static abstract TypeDescriptor Descriptor { get; }

    /// <summary>Reads one value.</summary>
    /// <param name="reader">Stands at the first octet of the value, afterwards behind its last.</param>
    /// <exception cref="DerException">The octets are not the DER of this type.</exception>
    static abstract TSelf Decode(ref DerReader reader);

    /// <summary>Reads past one value and checks all that <see cref="Decode"/> checks.</summary>
    /// <param name="reader">Stands at the first octet of the value, afterwards behind its last.</param>
    /// <exception cref="DerException">The octets are not the DER of this type.</exception>
    static virtual void Validate(ref DerReader reader) => _ = TSelf.Decode(ref reader);

    /// <summary>Writes this value in front of what the writer holds.</summary>
    /// <param name="writer">The writer, which writes back to front.</param>
    void Encode(ref DerWriter writer);
}
