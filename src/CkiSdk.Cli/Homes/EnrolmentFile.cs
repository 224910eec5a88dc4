using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CkiSdk.Crypto;

namespace CkiSdk.Cli.Homes;

/// <summary>Is what a user gets from the operator of his CMA to begin with: who his CMA is, and keys encrypted under a secret that comes by another way.</summary>
internal sealed record EnrolmentFile
{
    /// <summary>Gets the version of the file.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the user's name.</summary>
    public required string User { get; init; }

    /// <summary>Gets the card of his CMA.</summary>
    public required PartyCard Cma { get; init; }

    /// <summary>Gets his authentication certificate and, encrypted, its key, as PEM.</summary>
    public required EnrolledKey Authentication { get; init; }

    /// <summary>Gets the certificate to which keys for him are sealed and, encrypted, its key, as PEM.</summary>
    public required EnrolledKey Encryption { get; init; }

    /// <summary>Gets the HMAC-SHA-256 under the secret over everything else, in hexadecimal: whoever has the file on its way cannot put another CMA into it.</summary>
    public required string Mac { get; init; }

    /// <summary>Computes what <see cref="Mac"/> must be.</summary>
    /// <param name="secret">The secret of the file.</param>
    public string ComputeMac(Secret secret)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Span);
        string[] texts =
        [
            "CKI-1 enrolment file", User, Authentication.Certificate, Authentication.Key, Encryption.Certificate, Encryption.Key,
            Cma.Kind, Cma.Name, Cma.Address, Cma.Certificate, Cma.Authority, Cma.Encryption, Cma.Anchor ?? "", .. Cma.Domain,
        ];
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var octets in texts.Select(Encoding.UTF8.GetBytes))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, octets.Length);
            mac.AppendData(length);
            mac.AppendData(octets);
        }

        return Convert.ToHexStringLower(mac.GetHashAndReset());
    }

    /// <summary>Tells whether the file is as it was made.</summary>
    /// <param name="secret">Its secret.</param>
    public bool IsWhole(Secret secret) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ComputeMac(secret)), Encoding.UTF8.GetBytes(Mac));
}

/// <summary>Is a certificate with its encrypted key.</summary>
/// <param name="Certificate">The certificate as PEM.</param>
/// <param name="Key">The key as PEM "ENCRYPTED PRIVATE KEY".</param>
internal sealed record EnrolledKey(string Certificate, string Key);
