using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace CkiSdk.Crypto.Software;

/// <summary>Runs one cipher of BouncyCastle over one content, where libcrypto is absent.</summary>
internal sealed class BouncyCastleTransform : IBlockTransform
{
    private readonly IBufferedCipher _cipher;
    private readonly bool _isAuthenticated;

    public BouncyCastleTransform(ContentEncryption algorithm, Secret key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, bool encrypt)
    {
        _isAuthenticated = algorithm.IsAuthenticated();
        _cipher = _isAuthenticated
            ? new BufferedAeadBlockCipher(new GcmBlockCipher(new AesEngine()))
            : new BufferedBlockCipher(new CbcBlockCipher(algorithm == ContentEncryption.TripleDesCbc ? new DesEdeEngine() : new AesEngine()));
        var parameter = new KeyParameter(key.Span);
        _cipher.Init(encrypt, _isAuthenticated
            ? new AeadParameters(parameter, ContentEncryptionExtensions.TagLength * 8, nonce.ToArray(), associated.ToArray())
            : new ParametersWithIV(parameter, nonce.ToArray()));
    }

    public int Update(ReadOnlySpan<byte> input, Span<byte> output) => _cipher.ProcessBytes(input, output);

    public int Finish(Span<byte> output, Span<byte> tag)
    {
        Span<byte> rest = stackalloc byte[64];
        var length = _cipher.DoFinal(rest) - tag.Length;
        rest[..length].CopyTo(output);
        rest.Slice(length, tag.Length).CopyTo(tag);
        return length;
    }

    public bool TryFinish(ReadOnlySpan<byte> tag, Span<byte> output, out int written)
    {
        written = 0;
        Span<byte> rest = stackalloc byte[64];
        try
        {
            var length = _isAuthenticated ? _cipher.ProcessBytes(tag, rest) : 0;
            length += _cipher.DoFinal(rest[length..]);
            rest[..length].CopyTo(output);
            written = length;
            return true;
        }
        catch (CryptoException)
        {
            return false; // no reason: it would be an oracle
        }
    }

    public void Dispose() => _cipher.Reset();
}
