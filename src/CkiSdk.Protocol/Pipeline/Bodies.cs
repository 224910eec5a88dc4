using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Pipeline;

/// <summary>Is the table of all bodies: the services that each must have on its way (profile section 3), and how a request is refused.</summary>
internal static class Bodies
{
    private const SecurityServices Signed = SecurityServices.OriginAuthentication | SecurityServices.Integrity;
    private const SecurityServices Sealed = SecurityServices.All;

    /// <summary>Gets the rows; a secure bind protects itself and its messages never come this way.</summary>
    public static IReadOnlyDictionary<Type, BodyRow> Rows { get; } = new[]
    {
        new BodyRow(typeof(PKIBody.CkiTrr), BodyKind.Request, Signed, "profile section 3", "CKI Part 2 ¶40", status => new PKIBody.CkiTrp(new CKITlcmaRepContent { Status = status })),
        new BodyRow(typeof(PKIBody.CkiTrp), BodyKind.Answer, Sealed, "CKI Part 2 ¶38", "CKI Part 2 ¶40"),
        new BodyRow(typeof(PKIBody.CkiTann), BodyKind.Announcement, Sealed, "CKI Part 2 ¶38", "CKI Part 2 ¶40"),
        new BodyRow(typeof(PKIBody.CkiPrr), BodyKind.Request, Signed, "CKI Part 2 ¶55", "CKI Part 2 ¶57", status => new PKIBody.CkiPrp(new CKIPeerCmaRepContent { Status = status })),
        new BodyRow(typeof(PKIBody.CkiPrp), BodyKind.Answer, Signed, "CKI Part 2 ¶55", "CKI Part 2 ¶57"),
        new BodyRow(typeof(PKIBody.CkiESrr), BodyKind.Request, Signed, "CKI Part 2 ¶70", "CKI Part 2 ¶73", status => new PKIBody.CkiESrp(new CKIExtSeedKeyRepContent { Status = status })),
        new BodyRow(typeof(PKIBody.CkiESrp), BodyKind.Answer, Sealed, "CKI Part 2 ¶71", "CKI Part 2 ¶73"),
        new BodyRow(typeof(PKIBody.CkiESann), BodyKind.Announcement, Sealed, "CKI Part 2 ¶71", "CKI Part 2 ¶73"),
        new BodyRow(typeof(PKIBody.CkiSCrr), BodyKind.Request, null, "CKI Part 2 ¶83", "CKI Part 2 ¶85", status => new PKIBody.CkiSCrp(new CKISendCertRepContent { Status = status })),
        new BodyRow(typeof(PKIBody.CkiSCrp), BodyKind.Answer, SecurityServices.None, "CKI Part 2 ¶83", "CKI Part 2 ¶85"),
        new BodyRow(typeof(PKIBody.CkiSCann), BodyKind.Announcement, SecurityServices.None, "CKI Part 2 ¶83", "CKI Part 2 ¶85"),
        new BodyRow(typeof(PKIBody.CkiRCrr), BodyKind.Request, null, "CKI Part 2 ¶97", "CKI Part 2 ¶99", status => new PKIBody.CkiRCrp(new CKIRecCertRepContent { Status = status })),
        new BodyRow(typeof(PKIBody.CkiRCrp), BodyKind.Answer, SecurityServices.None, "CKI Part 2 ¶97", "CKI Part 2 ¶99"),
        new BodyRow(typeof(PKIBody.CkiRCann), BodyKind.Announcement, SecurityServices.None, "CKI Part 2 ¶97", "CKI Part 2 ¶99"),
        new BodyRow(typeof(PKIBody.Crlann), BodyKind.Announcement, SecurityServices.None, "CKI Part 2 ¶108", "CKI Part 2 ¶108"),
        new BodyRow(typeof(PKIBody.CkiRULann), BodyKind.Announcement, Signed, "CKI Part 2 ¶116", "CKI Part 2 ¶116"),
        new BodyRow(typeof(PKIBody.Krr), BodyKind.Request, Signed, "CKI Part 2 ¶124", "CKI Part 2 ¶127", status => new PKIBody.Krp(new KeyRecRepContent { Status = status })),
        new BodyRow(typeof(PKIBody.Krp), BodyKind.Answer, Sealed, "CKI Part 2 ¶125", "CKI Part 2 ¶127"),
    }.ToDictionary(row => row.Body);

    /// <summary>Finds the row of a body; null for those of a bind.</summary>
    public static BodyRow? Find(PKIBody body) => Rows.GetValueOrDefault(body.GetType());

    /// <summary>Tells whether a message with this body may travel with the services that its way gives it.</summary>
    public static bool MaySend(PKIBody body, SecurityServices services) => Find(body) is { } row && services.HasFlag(row.Services ?? SecurityServices.None);
}
