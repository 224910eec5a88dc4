using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;
using Net.Pkcs11Interop.HighLevelAPI.Factories;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Makes the templates of new objects. Private and secret keys are sensitive and not extractable.</summary>
internal static class KeyTemplates
{
    private static IObjectAttributeFactory Attributes => LibraryLoader.Factories.ObjectAttributeFactory;

    /// <summary>Gives the attributes that every private key gets.</summary>
    /// <param name="type">The type of key.</param>
    /// <param name="placement">Where it goes.</param>
    /// <param name="use">What it is for: CKA_SIGN, CKA_DECRYPT or CKA_DERIVE.</param>
    public static List<IObjectAttribute> Private(ulong type, KeyPlacement placement, CKA use) =>
        Placed(CKO.CKO_PRIVATE_KEY, type, placement, [.. Uses(Wanted(type, placement, use), CKA.CKA_SIGN, CKA.CKA_DECRYPT, CKA.CKA_DERIVE, CKA.CKA_UNWRAP), .. Locked()]);

    /// <summary>Gives the attributes that every public key gets.</summary>
    /// <param name="type">The type of key.</param>
    /// <param name="placement">Where it goes.</param>
    /// <param name="use">What it is for: CKA_VERIFY or CKA_ENCRYPT; null for agreement.</param>
    public static List<IObjectAttribute> Public(ulong type, KeyPlacement placement, CKA? use) =>
        Placed(CKO.CKO_PUBLIC_KEY, type, placement, [Attributes.Create(CKA.CKA_PRIVATE, false), .. Uses(Wanted(type, placement, use), CKA.CKA_VERIFY, CKA.CKA_ENCRYPT, CKA.CKA_WRAP)]);

    /// <summary>Gives the attributes of a generic secret that computes HMACs and nothing else.</summary>
    public static List<IObjectAttribute> Hmac(KeyPlacement placement) =>
        Placed(CKO.CKO_SECRET_KEY, (ulong)CKK.CKK_GENERIC_SECRET, placement, [.. Uses([CKA.CKA_SIGN], CKA.CKA_SIGN, CKA.CKA_DECRYPT, CKA.CKA_DERIVE, CKA.CKA_UNWRAP), .. Locked()]);

    /// <summary>Gives the attributes of an agreed secret, which is read at once and destroyed.</summary>
    public static List<IObjectAttribute> AgreedSecret(int length) =>
    [
        Attributes.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY),
        Attributes.Create(CKA.CKA_KEY_TYPE, CKK.CKK_GENERIC_SECRET),
        Attributes.Create(CKA.CKA_TOKEN, false),
        Attributes.Create(CKA.CKA_SENSITIVE, false),
        Attributes.Create(CKA.CKA_EXTRACTABLE, true),
        Attributes.Create(CKA.CKA_VALUE_LEN, (ulong)length),
    ];

    /// <summary>Adds octets to a template.</summary>
    public static List<IObjectAttribute> With(this List<IObjectAttribute> template, CKA attribute, byte[] value)
    {
        template.Add(Attributes.Create(attribute, value));
        return template;
    }

    /// <summary>Adds secret octets to a template; the copy on the way is zeroed, that in the template by <see cref="TokenObjects.Release"/>.</summary>
    public static List<IObjectAttribute> WithSecret(this List<IObjectAttribute> template, CKA attribute, Secret value)
    {
        var copy = GC.AllocateUninitializedArray<byte>(value.Length, pinned: true);
        value.Span.CopyTo(copy);
        template.Add(Attributes.Create(attribute, copy));
        CryptographicOperations.ZeroMemory(copy);
        return template;
    }

    /// <summary>Adds a number to a template.</summary>
    public static List<IObjectAttribute> With(this List<IObjectAttribute> template, CKA attribute, int value)
    {
        template.Add(Attributes.Create(attribute, (ulong)value));
        return template;
    }

    // Each use is said, because tokens differ in what they permit of themselves.
    private static IEnumerable<IObjectAttribute> Uses(CKA[] wanted, params IEnumerable<CKA> all) => all.Select(use => Attributes.Create(use, wanted.Contains(use)));

    private static CKA[] Wanted(ulong type, KeyPlacement placement, CKA? use) => (CKK)type switch
    {
        CKK.CKK_RSA when placement.ForAnyUse => [CKA.CKA_SIGN, CKA.CKA_DECRYPT, CKA.CKA_VERIFY, CKA.CKA_ENCRYPT],
        CKK.CKK_EC when placement.ForAnyUse => [CKA.CKA_SIGN, CKA.CKA_DERIVE, CKA.CKA_VERIFY],
        _ => use is { } one ? [one] : [],
    };

    private static List<IObjectAttribute> Locked() =>
        [Attributes.Create(CKA.CKA_PRIVATE, true), Attributes.Create(CKA.CKA_SENSITIVE, true), Attributes.Create(CKA.CKA_EXTRACTABLE, false)];

    private static List<IObjectAttribute> Placed(CKO objectClass, ulong type, KeyPlacement placement, List<IObjectAttribute> more)
    {
        List<IObjectAttribute> template =
        [
            Attributes.Create(CKA.CKA_CLASS, objectClass),
            Attributes.Create(CKA.CKA_KEY_TYPE, type),
            Attributes.Create(CKA.CKA_TOKEN, placement.IsPersistent),
            Attributes.Create(CKA.CKA_ID, placement.Id),
        ];
        if (placement.Label is { } label)
            template.Add(Attributes.Create(CKA.CKA_LABEL, label));
        template.AddRange(more);
        return template;
    }
}
