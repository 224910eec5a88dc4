using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Cms.Streaming;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Verifies and opens any octets as CMS messages: only the documented exception escapes, and nothing is released that was not opened.</summary>
internal sealed class MessageTarget : IFuzzTarget
{
    private static readonly Secret Key = new(32);
    private static readonly DerLimits Limits = DerLimits.Default with { MaxLength = 1 << 20, MaxElements = 1 << 14 };
    private readonly byte[] _signed = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    private readonly byte[] _enveloped = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03];
    private readonly byte[] _authenticated = [0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17];

    /// <inheritdoc/>
    public string Name => "cms-stream";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Tokens => [_signed, _enveloped, _authenticated, [0x30, 0x80], [0x24, 0x80], [0xA0, 0x80], [0x00, 0x00]];

    /// <inheritdoc/>
    public bool Try(byte[] input) => Verify(input) | Open(input);

    private static bool Verify(byte[] input)
    {
        try
        {
            using var content = new MemoryStream();
            var message = SignedMessages.VerifyAsync(new MemoryStream(input), content, CryptoProviders.Software, new VerificationOptions { Limits = Limits }).GetAwaiter().GetResult();
            if (!message.Signatures.All(signature => signature.IsIntact || signature.Fault.Length > 0))
                throw new FuzzException("A signature is neither good nor bad.");
            return true;
        }
        catch (Exception e) when (e is DerException or InvalidOperationException)
        {
            return false; // the message is malformed, or its content travels apart
        }
    }

    private static bool Open(byte[] input)
    {
        try
        {
            var staged = new StagedBuffer();
            var key = new WrappingEnvelopeKey([7], Key);
            var opened = MessageEnvelopes.DecryptAsync(new MemoryStream(input), key, staged, CryptoProviders.Software, new OpeningOptions { Limits = Limits }).GetAwaiter().GetResult();
            if (opened.IsOpened != (staged.Content is not null) || (!opened.IsOpened && staged.Stream.Length > 0))
                throw new FuzzException("A content was released that was not opened.");
            return true;
        }
        catch (DerException)
        {
            return false;
        }
    }
}
