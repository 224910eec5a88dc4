using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Encrypts by RSA in a token, and makes the parameters that decryption needs, too.</summary>
internal static class RsaEncryption
{
    /// <summary>Encrypts; <see langword="null"/> if the token cannot do the scheme.</summary>
    public static byte[]? TryEncrypt(TokenLink link, ISession session, IObjectHandle handle, RsaEncryptionScheme scheme, Secret plaintext)
    {
        if (!scheme.IsPkcs1 && !link.MayDo(CKM.CKM_RSA_PKCS_OAEP, scheme.Hash))
            return null;
        var input = GC.AllocateUninitializedArray<byte>(plaintext.Length, pinned: true);
        plaintext.Span.CopyTo(input);
        try
        {
            using var mechanism = scheme.IsPkcs1 ? LibraryLoader.Factories.MechanismFactory.Create(CKM.CKM_RSA_PKCS) : Oaep(scheme);
            return session.Encrypt(mechanism, handle, input);
        }
        catch (Pkcs11Exception exception) when (exception.Method == "C_EncryptInit" && Pkcs11Errors.IsUnsupported(exception.RV))
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(input);
        }
    }

    /// <summary>Makes the mechanism of OAEP.</summary>
    public static IMechanism Oaep(RsaEncryptionScheme scheme)
    {
        var factories = LibraryLoader.Factories;
        var label = scheme.Label.IsEmpty ? null : scheme.Label.ToArray();
        var parameters = factories.MechanismParamsFactory.CreateCkRsaPkcsOaepParams(
            (ulong)SignatureMechanisms.HashMechanism(scheme.Hash), (ulong)SignatureMechanisms.MaskFunction(scheme.MaskHash), (ulong)CKZ.CKZ_DATA_SPECIFIED, label);
        return factories.MechanismFactory.Create(CKM.CKM_RSA_PKCS_OAEP, parameters);
    }
}
