using CkiSdk.Protocol.Options;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Holds the CMA certificates of this CMA with their keys, and knows which one signs.</summary>
internal sealed class Signers(CmaOptions options)
{
    /// <summary>Gets all of them, the first one first.</summary>
    public IReadOnlyList<CmaSigner> All { get; } = [new CmaSigner(options.Certificate, options.SigningKey, options.SignatureAlgorithm), .. options.Successors];

    /// <summary>Lists those that have been in force by a time; certificates under each may still be in use.</summary>
    public IEnumerable<CmaSigner> Until(DateTimeOffset time) => All.Where(signer => signer.Certificate.NotBefore <= time);

    /// <summary>Returns the one in force at a time: of those that are valid the one with the latest start; the first where none is.</summary>
    public CmaSigner At(DateTimeOffset time) => All.Count == 1 ? All[0] : All.Where(signer => signer.Certificate.IsValidAt(time)).MaxBy(signer => signer.Certificate.NotBefore) ?? All[0];
}
