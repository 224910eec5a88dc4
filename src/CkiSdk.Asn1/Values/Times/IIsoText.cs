namespace CkiSdk.Asn1;

/// <summary>Is what the readers of the TIME types share (X.680 38).</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IIsoText<TSelf>
    where TSelf : struct, IIsoText<TSelf>
{
    /// <summary>Gets the name of the type in ASN.1.</summary>
    static abstract string TypeName { get; }

    /// <summary>Tells whether the octets are the content of a value.</summary>
    static abstract bool IsValid(ReadOnlySpan<byte> octets);

    /// <summary>Wraps octets that <see cref="IsValid"/> admits.</summary>
    static abstract TSelf Wrap(ReadOnlyMemory<byte> octets);
}
