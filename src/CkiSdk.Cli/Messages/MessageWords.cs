using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Cli.Messages;

/// <summary>Says in words what a message is and how it ended.</summary>
internal static class MessageWords
{
    /// <summary>Says what a body is, with its section of Part 2.</summary>
    /// <param name="body">The body.</param>
    public static string Describe(PKIBody body) => body switch
    {
        PKIBody.Krr => "request for recovered keys (III.H)",
        PKIBody.Krp => "response with recovered keys (III.H)",
        PKIBody.Crlann => "announcement of CRLs (III.F)",
        PKIBody.CkiTrr => "request to the TLCMA for domain parameters (III.A)",
        PKIBody.CkiTrp => "response of the TLCMA with domain parameters (III.A)",
        PKIBody.CkiTann => "announcement of the TLCMA of domain parameters (III.A)",
        PKIBody.CkiPrr => "request to a peer CMA for a common key (III.B)",
        PKIBody.CkiPrp => "response of a peer CMA for a common key (III.B)",
        PKIBody.CkiESrr => "request for an external seed key (III.C)",
        PKIBody.CkiESrp => "response with an external seed key (III.C)",
        PKIBody.CkiESann => "announcement of a seed key (III.C)",
        PKIBody.CkiSCrr => "request for a send certificate (III.D)",
        PKIBody.CkiSCrp => "response with a send certificate (III.D)",
        PKIBody.CkiSCann => "announcement of a send certificate (III.D)",
        PKIBody.CkiRCrr => "request for receive certificates (III.E)",
        PKIBody.CkiRCrp => "response with receive certificates (III.E)",
        PKIBody.CkiRCann => "announcement of receive certificates (III.E)",
        PKIBody.CkiRULann => "announcement of revoked users (III.G)",
        PKIBody.CkiBindrr => "request for a secure bind (III.I)",
        PKIBody.CkiBindrp => "response to a secure bind (III.I)",
        _ => body.GetType().Name,
    };

    /// <summary>Finds the status of a response; null for other messages.</summary>
    /// <param name="body">The body.</param>
    public static PKIStatusInfo? StatusOf(PKIBody body) => body switch
    {
        PKIBody.Krp content => content.Value.Status,
        PKIBody.CkiTrp content => content.Value.Status,
        PKIBody.CkiPrp content => content.Value.Status,
        PKIBody.CkiESrp content => content.Value.Status,
        PKIBody.CkiSCrp content => content.Value.Status,
        PKIBody.CkiRCrp content => content.Value.Status,
        PKIBody.CkiBindrp content => content.Value.Status,
        _ => null,
    };

    /// <summary>Says a status in words.</summary>
    /// <param name="status">The status.</param>
    public static string Describe(PKIStatus status) =>
        status == PKIStatus.Granted ? "granted: the request is met in full"
        : status == PKIStatus.GrantedWithMods ? "grantedWithMods: met with changes, which the response shows"
        : status == PKIStatus.Rejection ? "rejection: refused"
        : status == PKIStatus.Waiting ? "waiting: no decision yet; the same request asks again"
        : $"{status}: no status of CKI Part 2 ¶22";

    /// <summary>Names the bits that are set, with what they mean (CKI Part 2 ¶23).</summary>
    /// <param name="failure">The bits.</param>
    public static IReadOnlyList<string> Describe(PKIFailureInfo failure) => [.. Bits.Where(bit => failure.Has(bit.Bit)).Select(bit => bit.Words)];

    private static readonly (PKIFailureInfo Bit, string Words)[] Bits =
    [
        (PKIFailureInfo.BadAlg, "badAlg: an algorithm that is unknown or not allowed"),
        (PKIFailureInfo.BadMessageCheck, "badMessageCheck: protection, recipNonce or messageTime is wrong"),
        (PKIFailureInfo.UnrecognisedDomain, "unrecognisedDomain: no known domain holds this CMA or user"),
        (PKIFailureInfo.InteroperabilityKeyUnavailable, "interoperabilityKeyUnavailable: the key that is needed is missing"),
        (PKIFailureInfo.UnauthorisedAccess, "unauthorisedAccess: the sender may not ask this"),
        (PKIFailureInfo.InvalidRequestParameters, "invalidRequestParameters: a field of the request cannot be right"),
        (PKIFailureInfo.NoKeyAvailable, "noKeyAvailable: no key fits the recovery request"),
        (PKIFailureInfo.InvalidCredentials, "invalidCredentials: the bind failed"),
        (PKIFailureInfo.UserInMoreThanOneCMADomain, "userInMoreThanOneCMADomain: the domains of several CMAs admit the user"),
        (PKIFailureInfo.AlternativeBaseAndModulusRequired, "alternativeBaseAndModulusRequired: the peers use different groups"),
        (PKIFailureInfo.UserInRevokedUserList, "userInRevokedUserList: the user is revoked"),
    ];
}
