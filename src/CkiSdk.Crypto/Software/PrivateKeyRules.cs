using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Applies the rules for public keys to the public half of a private key.</summary>
internal static class PrivateKeyRules
{
    /// <summary>Passes a key on if the profile allows it, else disposes it.</summary>
    /// <exception cref="CryptoProviderException">The key is weak or outside the profile.</exception>
    public static T Check<T>(T key, out KeyKind kind)
        where T : AsymmetricAlgorithm
    {
        var finding = SubjectPublicKeys.Classify(key.ExportSubjectPublicKeyInfo(), out kind) is { } code
            ? new KeyFinding(code, code.ToString())
            : key is RSA rsa ? SubjectPublicKeys.CheckRsa(rsa) : null;
        if (finding is null)
            return key;
        key.Dispose();
        throw new CryptoProviderException(finding.Code, $"The private key was refused: {finding.Reason}.");
    }
}
