namespace CkiSdk.Protocol.Storage;

/// <summary>Is an interoperability key in the store of a TLCMA: one value for an unordered pair of domains, or for one domain alone.</summary>
/// <param name="FirstReference">The first CMA's reference, in hexadecimal; unique for ever.</param>
/// <param name="First">The first CMA in canonical form.</param>
/// <param name="SecondReference">The second CMA's reference, in hexadecimal; null for the key of one domain.</param>
/// <param name="Second">The second CMA in canonical form, after the first in ordinal order; null for the key of one domain.</param>
/// <param name="NotBefore">From when the key is in effect.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="WrappedKey">The key, wrapped under the storage key: 40 octets (RFC 3394).</param>
public sealed record PairKey(
    string FirstReference,
    string First,
    string? SecondReference,
    string? Second,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    ReadOnlyMemory<byte> WrappedKey);
