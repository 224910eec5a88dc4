using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Says what holds for one alternative of PKIBody.</summary>
/// <param name="Body">The alternative.</param>
/// <param name="Kind">Whether it asks, answers or announces.</param>
/// <param name="Services">The services without which it is neither sent nor accepted; null where local policy decides.</param>
/// <param name="ServicesParagraph">Where that is said.</param>
/// <param name="FailureParagraph">Where the failure bits of its exchange are listed.</param>
/// <param name="Refuse">Makes the body that refuses a request; null where there is none.</param>
internal sealed record BodyRow(
    Type Body, BodyKind Kind, SecurityServices? Services, string ServicesParagraph, string FailureParagraph, Func<PKIStatusInfo, PKIBody>? Refuse = null)
{
    /// <summary>Gets the alternative that answers the request; null for a body that is not answered.</summary>
    public Type? Answer { get; } = Refuse?.Invoke(new PKIStatusInfo { Status = PKIStatus.Rejection }).GetType();

    /// <summary>Gets the name of the alternative as the module writes it, such as <c>ckiSCrr</c>.</summary>
    public string Name => char.ToLowerInvariant(Body.Name[0]) + Body.Name[1..];
}
