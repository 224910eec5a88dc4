using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Benchmarks.Harness;
using Org.BouncyCastle.Asn1;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Decodes and encodes the messages of the commonest exchange; BouncyCastle knows no type for them and makes a tree of elements.</summary>
internal static class MessageRows
{
    private const int Repeats = 100;

    /// <summary>Gives the rows, after a check that both sides give the same octets back.</summary>
    public static IEnumerable<Row> All() =>
    [
        .. Of("ckiSCrr", new PKIBody.CkiSCrr(new CKISendCertReqContent
        {
            User = Certificate().ToBeSigned.Subject,
            SuggestedValidityStart = Time(2026),
            SuggestedValidityEnd = Time(2027),
        })),
        .. Of("ckiSCrp", new PKIBody.CkiSCrp(new CKISendCertRepContent
        {
            Status = new PKIStatusInfo { Status = PKIStatus.Granted },
            SendCertificate = Certificate(),
        })),
    ];

    private static Row[] Of(string name, PKIBody body)
    {
        var ours = new PKIMessage { Header = Header(), Body = body };
        var encoded = ours.Encode();
        var theirs = Asn1Object.FromByteArray(encoded);
        Equal.Require(encoded, PKIMessage.Decode(encoded).Encode());
        Equal.Require(encoded, theirs.GetDerEncoded());
        return
        [
            new($"decode {name} / BouncyCastle's tree", 0.15, Repeats, Repeat(() => PKIMessage.Decode(encoded)), Repeat(() => Asn1Object.FromByteArray(encoded))),
            new($"encode {name} / BouncyCastle's tree", 0.3, Repeats, Repeat(ours.Encode), Repeat(theirs.GetDerEncoded)),
        ];
    }

    private static Certificate Certificate() => Asn1.Modules.AuthenticationFramework.Certificate.Decode(CertificateBundle.Encoded[0]);

    private static PKIHeader Header()
    {
        Name name = Certificate().ToBeSigned.Issuer;
        return new PKIHeader
        {
            Pvno = PKIHeaderPvno.CkiVersion1,
            Sender = new GeneralName.DirectoryName(name),
            Recipient = new GeneralName.DirectoryName(name),
            MessageTime = Time(2026),
            TransactionID = new OctetString(new byte[16]),
            SenderNonce = new OctetString(new byte[16]),
        };
    }

    private static GeneralizedTime Time(int year) => GeneralizedTime.From(new DateTimeOffset(year, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static Action Repeat(Func<object> operation) => () =>
    {
        for (var i = 0; i < Repeats; i++)
            Sink.Take(operation());
    };
}
