using CkiSdk.Asn1;

namespace CkiSdk.Protocol.Binding;

/// <summary>Counts the senderNonces of one direction of a bound connection: from the random of its token on, one up each time, modulo 2^128 (CKI Part 2 ¶136).</summary>
/// <param name="random">The first value, which the message of the bind carries.</param>
internal sealed class NonceSequence(ReadOnlyMemory<byte> random)
{
    private readonly byte[] _value = random.ToArray();

    /// <summary>Gets the next value and counts on.</summary>
    public OctetString Take()
    {
        for (var index = _value.Length - 1; index >= 0 && ++_value[index] == 0; index--)
        {
        }

        return _value.ToArray();
    }
}
