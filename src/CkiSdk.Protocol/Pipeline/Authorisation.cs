using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Is the table that says who may send which body to whom. What a handler checks besides is about the content alone.</summary>
internal static class Authorisation
{
    private static readonly Dictionary<(Role Role, Type Body), PartyKinds> Rows = new()
    {
        [(Role.Tlcma, typeof(PKIBody.CkiTrr))] = PartyKinds.Cma,
        [(Role.Tlcma, typeof(PKIBody.CkiRULann))] = PartyKinds.Cma,
        [(Role.Tlcma, typeof(PKIBody.Crlann))] = PartyKinds.Cma,
        [(Role.Cma, typeof(PKIBody.CkiTrp))] = PartyKinds.Tlcma,
        [(Role.Cma, typeof(PKIBody.CkiTann))] = PartyKinds.Tlcma,
        [(Role.Cma, typeof(PKIBody.CkiPrr))] = PartyKinds.Cma,
        [(Role.Cma, typeof(PKIBody.CkiPrp))] = PartyKinds.Cma,
        [(Role.Cma, typeof(PKIBody.CkiESrr))] = PartyKinds.User | PartyKinds.Delegate,
        [(Role.Cma, typeof(PKIBody.CkiSCrr))] = PartyKinds.User,
        [(Role.Cma, typeof(PKIBody.CkiRCrr))] = PartyKinds.User,
        [(Role.Cma, typeof(PKIBody.Crlann))] = PartyKinds.Cma | PartyKinds.Tlcma,
        [(Role.Cma, typeof(PKIBody.CkiRULann))] = PartyKinds.Cma | PartyKinds.Tlcma,
        [(Role.Cma, typeof(PKIBody.Krr))] = PartyKinds.RecoveryRequester,
        [(Role.UserAgent, typeof(PKIBody.CkiESrp))] = PartyKinds.Cma,
        [(Role.UserAgent, typeof(PKIBody.CkiESann))] = PartyKinds.Cma,
        [(Role.UserAgent, typeof(PKIBody.CkiSCrp))] = PartyKinds.Cma,
        [(Role.UserAgent, typeof(PKIBody.CkiSCann))] = PartyKinds.Cma,
        [(Role.UserAgent, typeof(PKIBody.CkiRCrp))] = PartyKinds.Cma,
        [(Role.UserAgent, typeof(PKIBody.CkiRCann))] = PartyKinds.Cma,
        [(Role.UserAgent, typeof(PKIBody.Crlann))] = PartyKinds.Cma,
        [(Role.UserAgent, typeof(PKIBody.Krp))] = PartyKinds.Cma,
    };

    /// <summary>Tells whether the role serves the body at all.</summary>
    public static bool Serves(Role role, Type body) => Rows.ContainsKey((role, body));

    /// <summary>Tells whether a party of these kinds may send the body to the role.</summary>
    public static bool Allows(Role role, Type body, PartyKinds sender) => Rows.TryGetValue((role, body), out var allowed) && (allowed & sender) != PartyKinds.None;
}
