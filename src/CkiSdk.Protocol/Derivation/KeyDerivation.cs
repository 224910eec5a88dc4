using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;

namespace CkiSdk.Protocol.Derivation;

/// <summary>Derives the keys of the CKI from one another (profile section 1): interoperability key to seed key to private key, and token keys.</summary>
/// <remarks>
/// Each derivation is HKDF-Expand-SHA-256 (RFC 5869 2.3) over the DER of a typed input. An interoperability key may live in a token; what is
/// derived from it leaves it as a <see cref="Secret"/>, which the caller disposes of, or into memory of a caller who zeroes it.
/// </remarks>
public static class KeyDerivation
{
    /// <summary>The length of every symmetric key of the CKI, in octets.</summary>
    public const int KeyLength = 32;

    // Of each group once: its numbers are long and it never changes.
    private static readonly ConditionalWeakTable<DhGroup, byte[]> GroupHashes = [];

    /// <summary>Derives a user's seed key from an interoperability key (CKI Part 2 ¶67).</summary>
    /// <param name="interoperabilityKey">The key of the user's domain, or of his and the issuer's domains.</param>
    /// <param name="user">The user's name, exactly as it stands in his certificates.</param>
    /// <param name="seedKeyIdentifier">The DER of the <see cref="SeedKeyIdentifier"/>.</param>
    /// <param name="cancellationToken">Cancels a derivation in a token.</param>
    /// <returns>32 octets.</returns>
    public static ValueTask<Secret> SeedKeyAsync(
        ISecretKey interoperabilityKey, Name user, ReadOnlyMemory<byte> seedKeyIdentifier, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(interoperabilityKey);
        return interoperabilityKey.DeriveAsync(SeedKeyInputOf(user, seedKeyIdentifier), KeyLength, cancellationToken);
    }

    /// <summary>Derives the private exponent of a send or receive certificate from a seed key (CKI Part 2 ¶122–123).</summary>
    /// <param name="seedKey">The user's seed key.</param>
    /// <param name="description">What the certificate says.</param>
    /// <param name="cancellationToken">Cancels a derivation in a token.</param>
    /// <returns>The exponent x, big-endian, 1 ≤ x &lt; M.</returns>
    public static async ValueTask<Secret> PrivateKeyAsync(ISecretKey seedKey, DatedKeyDescription description, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seedKey);
        ArgumentNullException.ThrowIfNull(description);
        using var candidate = await seedKey.DeriveAsync(InputOf(description), description.Group.CandidateLength, cancellationToken).ConfigureAwait(false);
        return description.Group.ExponentFrom(candidate);
    }

    /// <summary>Derives the private exponent of a certificate from the interoperability key of its seed key, both steps above at once, where that key lies in this process.</summary>
    /// <remarks>What lives no longer than a certificate takes is on the stack: memory that never moves is slow to get, and for its sake the collector looks at everything.</remarks>
    /// <param name="interoperabilityKey">The key of the user's domain, or of his and the issuer's domains.</param>
    /// <param name="description">What the certificate says.</param>
    /// <param name="exponent">Where the exponent x goes, big-endian, 1 ≤ x &lt; M; the caller zeroes it.</param>
    /// <returns>False where it cannot be done at once; nothing is written then.</returns>
    internal static bool TryPrivateKey(ISecretKey interoperabilityKey, DatedKeyDescription description, Span<byte> exponent)
    {
        Span<byte> seedKey = stackalloc byte[KeyLength];
        Span<byte> candidate = stackalloc byte[description.Group.CandidateLength]; // at most 1032 octets, as the longest group has
        try
        {
            if (!interoperabilityKey.TryDerive(SeedKeyInputOf(description.User, description.SeedKeyIdentifier), seedKey))
            {
                return false;
            }

            Hkdf.Expand(seedKey, InputOf(description), candidate);
            description.Group.ExponentFrom(candidate, exponent);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seedKey);
            CryptographicOperations.ZeroMemory(candidate);
        }
    }

    /// <summary>Derives the private exponent from a seed key in memory.</summary>
    /// <param name="seedKey">The octets of the user's seed key; they stay the caller's.</param>
    /// <param name="description">What the certificate says.</param>
    internal static Secret PrivateKey(Secret seedKey, DatedKeyDescription description)
    {
        using var candidate = Hkdf.Expand(seedKey, InputOf(description), description.Group.CandidateLength);
        return description.Group.ExponentFrom(candidate);
    }

    /// <summary>Derives the interoperability key of two domains from their Diffie–Hellman value (CKI Part 2 ¶48–51).</summary>
    /// <param name="sharedSecret">Z, padded on the left to the length of p.</param>
    /// <param name="one">One side.</param>
    /// <param name="other">The other side; both orders give the same key.</param>
    /// <returns>32 octets.</returns>
    public static Secret InteroperabilityKey(Secret sharedSecret, DomainSide one, DomainSide other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var sides = new[] { Side(one), Side(other) };
        if (sides[0].Encode().AsSpan().SequenceCompareTo(sides[1].Encode()) > 0)
        {
            Array.Reverse(sides);
        }

        var input = new InteroperabilityKeyInput { Label = "CKI-1 interoperability key", Domains = sides };
        using var extracted = Hkdf.Extract("CKI-1 interoperability key"u8, sharedSecret);
        return Hkdf.Expand(extracted, input.Encode(), KeyLength);
    }

    /// <summary>Derives the token key that encrypts a message's content key (CKI Part 2 C.16, C.21).</summary>
    /// <param name="sharedSecret">Z, padded on the left to the length of p.</param>
    /// <param name="ukm">The 64 random octets of the recipient's entry.</param>
    /// <param name="sendCertificate">The SHA-256 of the send certificate.</param>
    /// <param name="receiveCertificate">The SHA-256 of the receive certificate.</param>
    /// <param name="keyWrap">The key wrap algorithm that the key is for.</param>
    /// <returns>32 octets.</returns>
    public static Secret TokenKey(
        Secret sharedSecret, ReadOnlyMemory<byte> ukm, ReadOnlyMemory<byte> sendCertificate, ReadOnlyMemory<byte> receiveCertificate, ObjectIdentifier keyWrap)
    {
        var input = new TokenKeyInput
        {
            Label = "CKI-1 token key",
            Ukm = ukm,
            SendCertificate = sendCertificate,
            ReceiveCertificate = receiveCertificate,
            KeyWrap = keyWrap,
        };
        using var extracted = Hkdf.Extract(ukm.Span, sharedSecret);
        return Hkdf.Expand(extracted, input.Encode(), KeyLength);
    }

    private static byte[] SeedKeyInputOf(Name user, ReadOnlyMemory<byte> seedKeyIdentifier) =>
        new SeedKeyInput { Label = "CKI-1 seed key", User = user, SeedKeyIdentifier = seedKeyIdentifier }.Encode();

    private static byte[] InputOf(DatedKeyDescription description) => new PrivateKeyInput
    {
        Label = "CKI-1 private key",
        Usage = description.Usage == DatedKeyUsage.Send ? PrivateKeyInputUsage.Send : PrivateKeyInputUsage.Receive,
        Group = GroupHash(description.Group),
        NotBefore = GeneralizedTime.From(description.NotBefore),
        NotAfter = GeneralizedTime.From(description.NotAfter),
        User = description.User,
        SeedKeyIdentifier = description.SeedKeyIdentifier,
    }.Encode();

    private static OctetString GroupHash(DhGroup group) => GroupHashes.GetValue(group, static group =>
    {
        var value = new BaseModValue
        {
            Modulus = new BigInteger(group.P.Span, isUnsigned: true, isBigEndian: true),
            Base = new BigInteger(group.G.Span, isUnsigned: true, isBigEndian: true),
        };
        return SHA256.HashData(value.Encode());
    });

    private static InteroperabilityKeyInputDomainsItem Side(DomainSide side) =>
        new() { Cma = side.Cma, IkReference = new IKReference(side.Reference), DomainCertificate = side.DomainCertificateHash };
}
