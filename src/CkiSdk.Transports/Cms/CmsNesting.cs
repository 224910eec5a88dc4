namespace CkiSdk.Transports.Cms;

/// <summary>Says what stands around a SignedData inside an AuthEnvelopedData, such as the MIME entity of S/MIME, which is plain data to CMS.</summary>
/// <param name="Wrap">Makes the content to encrypt from a ContentInfo that holds a SignedData.</param>
/// <param name="Unwrap">Finds that ContentInfo in a content; null where there is none in it. Never throws on input.</param>
public sealed record CmsNesting(Func<ReadOnlyMemory<byte>, byte[]> Wrap, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?> Unwrap);
