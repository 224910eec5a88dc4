using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Ties a character string type to its alphabet and its text, so that reader and writer need one method for all.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ICharacterString<TSelf>
    where TSelf : struct, ICharacterString<TSelf>
{
    /// <summary>Gets the tag of the type (X.680 8.6).</summary>
    static abstract Tag UniversalTag { get; }

    /// <summary>Gets the content octets.</summary>
    ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Gets the name of the type in ASN.1.</summary>
    static abstract string TypeName { get; }

    /// <summary>Gets the encoding between octets and text; it throws an <see cref="ArgumentException"/> for what it cannot hold.</summary>
    static abstract Encoding TextEncoding { get; }

    /// <summary>Tells whether all octets form characters of the alphabet.</summary>
    /// <param name="octets">Content octets.</param>
    static abstract bool IsValid(ReadOnlySpan<byte> octets);

    /// <summary>Wraps octets that <see cref="IsValid"/> admits, without a copy.</summary>
    /// <param name="octets">Content octets.</param>
    static abstract TSelf Wrap(ReadOnlyMemory<byte> octets);
}
