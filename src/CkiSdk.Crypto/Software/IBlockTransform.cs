namespace CkiSdk.Crypto.Software;

/// <summary>Is one library's cipher over one content, without padding.</summary>
internal interface IBlockTransform : IDisposable
{
    /// <summary>Takes the next piece and gives what is ready; CBC holds back what fills no block.</summary>
    int Update(ReadOnlySpan<byte> input, Span<byte> output);

    /// <summary>Ends an encryption and gives the tag.</summary>
    int Finish(Span<byte> output, Span<byte> tag);

    /// <summary>Ends a decryption: <see langword="false"/> if the tag is wrong or the last block is not whole.</summary>
    bool TryFinish(ReadOnlySpan<byte> tag, Span<byte> output, out int written);
}
