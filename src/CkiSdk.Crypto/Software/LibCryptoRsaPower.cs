using CkiSdk.Crypto.Software.Native;

namespace CkiSdk.Crypto.Software;

/// <summary>Computes by libcrypto: Chinese remainders in constant time, blinded.</summary>
internal sealed class LibCryptoRsaPower(RsaPrivateNumbers key) : IRsaPower
{
    private readonly RsaHandle _key = RsaHandle.From(key);
    private readonly byte[] _modulus = key.Modulus.Span.TrimStart((byte)0).ToArray();

    /// <inheritdoc/>
    public Secret? Compute(ReadOnlySpan<byte> number)
    {
        if (number.Length != _modulus.Length || number.SequenceCompareTo(_modulus) >= 0)
            return null;
        var power = new Secret(_modulus.Length);
        if (LibCrypto.RsaPrivateDecrypt(number.Length, number, power.Span, _key, LibCrypto.RsaNoPadding) == power.Length)
            return power;
        power.Dispose();
        LibCryptoStatus.Throw();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
