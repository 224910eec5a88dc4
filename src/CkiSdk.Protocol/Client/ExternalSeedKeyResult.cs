using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;

namespace CkiSdk.Protocol.Client;

/// <summary>Is what a request for a seed key came to.</summary>
public abstract record ExternalSeedKeyResult
{
    private ExternalSeedKeyResult()
    {
    }

    /// <summary>The seed key is there, and the agent keeps it.</summary>
    /// <param name="Identifier">The DER of its identifier.</param>
    /// <param name="Cma">The CMA whose certificates it belongs to.</param>
    public sealed record Granted(ReadOnlyMemory<byte> Identifier, DistinguishedName Cma) : ExternalSeedKeyResult;

    /// <summary>The CMA refuses.</summary>
    /// <param name="Failure">Why, for programs.</param>
    /// <param name="Text">Why, for people.</param>
    public sealed record Rejected(PKIFailureInfo Failure, string Text) : ExternalSeedKeyResult;

    /// <summary>The CMA has not decided yet; send the same octets again later.</summary>
    /// <param name="Text">What it says, for people.</param>
    public sealed record Waiting(string Text) : ExternalSeedKeyResult;
}
