using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Lists what a token holds.</summary>
internal static class ObjectLister
{
    /// <summary>Lists the X.509 certificates.</summary>
    public static IReadOnlyList<Pkcs11Certificate> Certificates(TokenLink link, ISession session)
    {
        var attributes = LibraryLoader.Factories.ObjectAttributeFactory;
        var found = TokenObjects.Find(session, attributes.Create(CKA.CKA_CLASS, CKO.CKO_CERTIFICATE), attributes.Create(CKA.CKA_CERTIFICATE_TYPE, CKC.CKC_X_509));
        return found.ConvertAll(handle =>
        {
            var uri = UriOf(link, session, handle, "cert");
            return new Pkcs11Certificate(uri.Object ?? "", uri.Id, TokenObjects.Octets(session, handle, CKA.CKA_VALUE), uri);
        });
    }

    /// <summary>Lists the private and secret keys.</summary>
    public static IReadOnlyList<Pkcs11KeyEntry> Keys(TokenLink link, ISession session)
    {
        var attributes = LibraryLoader.Factories.ObjectAttributeFactory;
        return
        [
            .. TokenObjects.Find(session, attributes.Create(CKA.CKA_CLASS, CKO.CKO_PRIVATE_KEY)).Select(handle => Entry(link, session, handle, "private")),
            .. TokenObjects.Find(session, attributes.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY)).Select(handle => Entry(link, session, handle, "secret-key")),
        ];
    }

    private static Pkcs11KeyEntry Entry(TokenLink link, ISession session, IObjectHandle handle, string type)
    {
        var uri = UriOf(link, session, handle, type);
        List<string> uses = [];
        foreach (var (attribute, use) in new[] { (CKA.CKA_SIGN, "sign"), (CKA.CKA_DECRYPT, "decrypt"), (CKA.CKA_DERIVE, "derive") })
        {
            if (TokenObjects.Flag(session, handle, attribute))
                uses.Add(use);
        }

        return new Pkcs11KeyEntry(uri.Object ?? "", uri.Id, KindOf(session, handle), uses, TokenObjects.Flag(session, handle, CKA.CKA_EXTRACTABLE), uri);
    }

    private static string KindOf(ISession session, IObjectHandle handle)
    {
        var type = TokenObjects.Number(session, handle, CKA.CKA_KEY_TYPE) ?? 0;
        return (CKK)type switch
        {
            CKK.CKK_RSA => $"RSA-{Bits(TokenObjects.Octets(session, handle, CKA.CKA_MODULUS))}",
            CKK.CKK_DH => $"DH-{Bits(TokenObjects.Octets(session, handle, CKA.CKA_PRIME))}",
            CKK.CKK_GENERIC_SECRET or CKK.CKK_SHA256_HMAC => "secret",
            _ when TokenCurves.Find(TokenObjects.Octets(session, handle, CKA.CKA_EC_PARAMS)) is { } curve => curve.Name,
            var other => Enum.IsDefined(other) ? other.ToString()["CKK_".Length..] : $"0x{type:X}",
        };
    }

    private static int Bits(byte[] number)
    {
        var trimmed = number.AsSpan().TrimStart((byte)0);
        return trimmed.IsEmpty ? 0 : (8 * trimmed.Length) - System.Numerics.BitOperations.LeadingZeroCount(trimmed[0]) + 24;
    }

    private static Pkcs11Uri UriOf(TokenLink link, ISession session, IObjectHandle handle, string type)
    {
        var label = TokenObjects.Text(session, handle, CKA.CKA_LABEL);
        return new Pkcs11Uri
        {
            Token = link.Description.Label,
            Object = label.Length == 0 ? null : label,
            Id = TokenObjects.Octets(session, handle, CKA.CKA_ID),
            Type = type,
        };
    }
}
