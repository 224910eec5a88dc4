using System.Security.Cryptography;

namespace CkiSdk.Crypto.Software;

/// <summary>Zeroes the secret numbers that the framework exports as arrays.</summary>
internal static class PrivateParts
{
    /// <summary>Zeroes the private numbers of an RSA key.</summary>
    public static void Zero(RSAParameters parts)
    {
        CryptographicOperations.ZeroMemory(parts.D);
        CryptographicOperations.ZeroMemory(parts.P);
        CryptographicOperations.ZeroMemory(parts.Q);
        CryptographicOperations.ZeroMemory(parts.DP);
        CryptographicOperations.ZeroMemory(parts.DQ);
        CryptographicOperations.ZeroMemory(parts.InverseQ);
    }
}
