using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.DirectoryAbstractService;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Pki.Certificates;
using DistinguishedName = CkiSdk.Pki.Names.DistinguishedName;

namespace CkiSdk.Protocol.Tests.World;

/// <summary>Makes a well-formed body of every kind, without much in it.</summary>
internal static class SampleBodies
{
    private static readonly DateTimeOffset Now = TestDomain.Now;

    /// <summary>Gets the names of all bodies as the module has them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "krr", "krp", "crlann", "ckiTrr", "ckiTrp", "ckiTann", "ckiPrr", "ckiPrp", "ckiESrr", "ckiESrp", "ckiESann", "ckiSCrr", "ckiSCrp", "ckiSCann",
        "ckiRCrr", "ckiRCrp", "ckiRCann", "ckiRULann", "ckiBindrr", "ckiBindrp",
    ];

    /// <summary>Makes a body.</summary>
    /// <param name="body">Its name in the module.</param>
    /// <param name="any">What stands where a certificate must.</param>
    /// <param name="sender">What stands where a name must.</param>
    public static PKIBody Of(string body, Pki.Certificates.Certificate any, DistinguishedName sender)
    {
        var certificate = any.Value;
        var status = new PKIStatusInfo { Status = PKIStatus.Rejection };
        var start = GeneralizedTime.From(Now);
        return body switch
        {
            "ckiTrr" => new PKIBody.CkiTrr(new CKITlcmaReqContent { ReqLocalIK = true }),
            "ckiTrp" => new PKIBody.CkiTrp(new CKITlcmaRepContent { Status = status }),
            "ckiTann" => new PKIBody.CkiTann(new CKITlcmaAnnContent()),
            "ckiPrr" => new PKIBody.CkiPrr(new PeerExchangeInfo { DomainCertificate = certificate, MyIKRef = new IKReference((OctetString)new byte[16]), RevokedUsers = default }),
            "ckiPrp" => new PKIBody.CkiPrp(new CKIPeerCmaRepContent { Status = status }),
            "ckiESrr" => new PKIBody.CkiESrr(certificate),
            "ckiESrp" => new PKIBody.CkiESrp(new CKIExtSeedKeyRepContent { Status = status }),
            "ckiESann" => new PKIBody.CkiESann(new CKIExtSeedKeyAnnContent
            {
                ExtSeedKeyInfo = new ExtSeedKeyInfo
                {
                    ExternalCMA = sender.Name,
                    User = sender.Name,
                    SeedKey = new BitString(new byte[] { 1 }),
                    SeedKeyValidity = new Validity { NotBefore = Times.From(Now), NotAfter = Times.From(Now) },
                },
            }),
            "ckiSCrr" => new PKIBody.CkiSCrr(new CKISendCertReqContent { User = sender.Name, SuggestedValidityStart = start }),
            "ckiSCrp" => new PKIBody.CkiSCrp(new CKISendCertRepContent { Status = status }),
            "ckiSCann" => new PKIBody.CkiSCann(certificate),
            "ckiRCrr" => new PKIBody.CkiRCrr(new CKIRecCertReqContent { RecipientUsers = (SequenceOf<Name>)new[] { sender.Name }, SuggestedValidityStart = start }),
            "ckiRCrp" => new PKIBody.CkiRCrp(new CKIRecCertRepContent { Status = status }),
            "ckiRCann" => new PKIBody.CkiRCann(default),
            "crlann" => new PKIBody.Crlann(default),
            "ckiRULann" => new PKIBody.CkiRULann(new CKIRevokedUserListAnnContent { Domain = sender.Name, List = default }),
            "krr" => new PKIBody.Krr(new InitReqContent { FullCertTemplates = default }),
            "krp" => new PKIBody.Krp(new KeyRecRepContent { Status = status }),
            "ckiBindrr" => new PKIBody.CkiBindrr(NameOnly(sender)),
            "ckiBindrp" => new PKIBody.CkiBindrp(new CKIBindRepContent { Status = status, Credentials = NameOnly(sender) }),
            _ => throw new ArgumentOutOfRangeException(nameof(body)),
        };
    }

    private static Credentials.Simple NameOnly(DistinguishedName name) => new(new SimpleCredentials { Name = ((Name.RdnSequence)name.Name).Value });
}
