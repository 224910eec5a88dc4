using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Finds objects in a token and reads their attributes.</summary>
internal static class TokenObjects
{
    /// <summary>Finds the objects that have all attributes of a template.</summary>
    public static List<IObjectHandle> Find(ISession session, params List<IObjectAttribute> template)
    {
        try
        {
            return session.FindAllObjects(template);
        }
        finally
        {
            Release(template);
        }
    }

    /// <summary>Reads an attribute as octets; empty where the object has none or does not tell.</summary>
    public static byte[] Octets(ISession session, IObjectHandle handle, CKA attribute)
    {
        var read = session.GetAttributeValue(handle, [attribute]);
        var octets = read[0].CannotBeRead ? [] : read[0].GetValueAsByteArray() ?? [];
        Release(read);
        return octets;
    }

    /// <summary>Reads an attribute as text; empty where the object has none.</summary>
    public static string Text(ISession session, IObjectHandle handle, CKA attribute)
    {
        using var value = session.GetAttributeValue(handle, [attribute])[0];
        return value.CannotBeRead ? "" : value.GetValueAsString() ?? "";
    }

    /// <summary>Reads an attribute as a number; null where the object has none.</summary>
    public static ulong? Number(ISession session, IObjectHandle handle, CKA attribute)
    {
        using var value = session.GetAttributeValue(handle, [attribute])[0];
        return value.CannotBeRead ? null : value.GetValueAsUlong();
    }

    /// <summary>Reads an attribute as a truth value; <see langword="false"/> where the object has none.</summary>
    public static bool Flag(ISession session, IObjectHandle handle, CKA attribute)
    {
        using var value = session.GetAttributeValue(handle, [attribute])[0];
        return !value.CannotBeRead && value.GetValueAsBool();
    }

    /// <summary>Makes an object.</summary>
    public static IObjectHandle Create(ISession session, List<IObjectAttribute> template)
    {
        try
        {
            return session.CreateObject(template);
        }
        finally
        {
            Release(template);
        }
    }

    /// <summary>Takes an agreed secret out of the token and destroys its object.</summary>
    /// <returns>The secret, left-padded to the length.</returns>
    public static Secret TakeValue(ISession session, IObjectHandle handle, int length)
    {
        try
        {
            var octets = Octets(session, handle, CKA.CKA_VALUE);
            var secret = new Secret(length);
            if (octets.Length <= length)
                octets.CopyTo(secret.Span[(length - octets.Length)..]); // some tokens drop leading zeros
            CryptographicOperations.ZeroMemory(octets);
            if (octets.Length is not 0 && octets.Length <= length)
                return secret;
            secret.Dispose();
            throw new CryptoProviderException($"The token agreed on {octets.Length} octets instead of {length}.");
        }
        finally
        {
            session.DestroyObject(handle);
        }
    }

    /// <summary>Zeroes and frees the memory of a template.</summary>
    public static void Release(List<IObjectAttribute> template)
    {
        foreach (var attribute in template)
        {
            Zero(attribute);
            attribute.Dispose();
        }
    }

    // Pkcs11Interop frees the memory of values as it is, keys included. One type each for the sizes and packings of CK_ULONG.
    private static unsafe void Zero(IObjectAttribute attribute)
    {
        var (value, length) = attribute.ToMarshalableStructure() switch
        {
            Net.Pkcs11Interop.LowLevelAPI80.CK_ATTRIBUTE a => (a.value, (nuint)a.valueLen),
            Net.Pkcs11Interop.LowLevelAPI81.CK_ATTRIBUTE a => (a.value, (nuint)a.valueLen),
            Net.Pkcs11Interop.LowLevelAPI41.CK_ATTRIBUTE a => (a.value, (nuint)a.valueLen),
            Net.Pkcs11Interop.LowLevelAPI40.CK_ATTRIBUTE a => (a.value, (nuint)a.valueLen),
            _ => (0, 0u),
        };
        if (value != 0)
            CryptographicOperations.ZeroMemory(new Span<byte>((void*)value, (int)length));
    }
}
