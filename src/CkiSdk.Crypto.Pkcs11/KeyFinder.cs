using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Finds the one key that a URI names and that has a use.</summary>
internal static class KeyFinder
{
    /// <summary>Finds a key.</summary>
    /// <param name="link">The token.</param>
    /// <param name="session">A session with it.</param>
    /// <param name="uri">Label or identifier of the object.</param>
    /// <param name="objectClass">The class.</param>
    /// <param name="use">The attribute that permits the use; null for none.</param>
    /// <exception cref="CryptoProviderException">There is none, or more than one.</exception>
    /// <exception cref="Pkcs11Exception">The token shows keys after a login only.</exception>
    public static IObjectHandle Find(TokenLink link, ISession session, Pkcs11Uri uri, CKO objectClass, CKA? use)
    {
        var found = All(session, uri, objectClass);
        if (found.Count > 1 || use is not null)
            found = found.FindAll(handle => use is not { } attribute || TokenObjects.Flag(session, handle, attribute));
        if (found.Count == 1)
            return found[0];
        var name = new Pkcs11Uri { Object = uri.Object, Id = uri.Id };
        if (found.Count > 1)
            throw new CryptoProviderException(CryptoError.KeyNotFound, $"The token {link.Description.Label} holds {found.Count} keys {name}: name the {(uri.Id.IsEmpty ? "id" : "label")}, too.");
        RequireLogin(link, session);
        var purpose = use is { } wanted ? $" that may {wanted.ToString()["CKA_".Length..].ToLowerInvariant()}" : "";
        throw new CryptoProviderException(CryptoError.KeyNotFound, $"The token {link.Description.Label} holds no key {name}{purpose}.");
    }

    /// <summary>Tells the reason where a key is not to be seen because nobody is logged in.</summary>
    /// <exception cref="Pkcs11Exception">The session is a public one (CKR_USER_NOT_LOGGED_IN).</exception>
    public static void RequireLogin(TokenLink link, ISession session)
    {
        var isPublic = session.GetSessionInfo().State is CKS.CKS_RO_PUBLIC_SESSION or CKS.CKS_RW_PUBLIC_SESSION;
        if (isPublic && link.Description.Flags.HasFlag(Pkcs11SlotFlags.LoginRequired))
            throw new Pkcs11Exception("C_FindObjects", CKR.CKR_USER_NOT_LOGGED_IN);
    }

    private static List<IObjectHandle> All(ISession session, Pkcs11Uri uri, CKO objectClass)
    {
        var attributes = LibraryLoader.Factories.ObjectAttributeFactory;
        List<IObjectAttribute> template = [attributes.Create(CKA.CKA_CLASS, objectClass)];
        if (uri.Object is { } label)
            template.Add(attributes.Create(CKA.CKA_LABEL, label));
        if (!uri.Id.IsEmpty)
            template.Add(attributes.Create(CKA.CKA_ID, uri.Id.ToArray()));
        return TokenObjects.Find(session, template);
    }
}
