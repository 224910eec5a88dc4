using System.Diagnostics.CodeAnalysis;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS8;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;

namespace CkiSdk.Pki.Keys;

/// <summary>Writes and reads Diffie-Hellman private keys inside PKCS #8: dhpublicnumber (X9.42), and dhKeyAgreement (PKCS #3) to read.</summary>
public static class DhPrivateKeys
{
    /// <summary>Writes a private key.</summary>
    /// <param name="group">The group.</param>
    /// <param name="exponent">x, big-endian.</param>
    /// <returns>The DER of PrivateKeyInfo, owned by the caller.</returns>
    public static Secret Encode(DhGroup group, Secret exponent)
    {
        ArgumentNullException.ThrowIfNull(exponent);
        var digits = exponent.Span.TrimStart((byte)0);
        using var number = new Secret(digits.Length + 1); // with a sign octet, which DER drops where it is not needed
        digits.CopyTo(number.Span[1..]);
        var start = digits.IsEmpty || digits[0] >= 0x80 ? 0 : 1;
        using var integer = SecretDer.Wrap(0x02, number.Memory[start..]);
        return SecretDer.Pkcs8(DhPublicKeys.IdentifierOf(group), integer);
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="pkcs8">The DER of PrivateKeyInfo.</param>
    /// <param name="accepted">The groups that the configuration accepts.</param>
    /// <param name="group">The group.</param>
    /// <returns>x, owned by the caller.</returns>
    /// <exception cref="CryptoProviderException">It is no such key, or in another group.</exception>
    public static Secret Decode(Secret pkcs8, DhGroupSet accepted, out DhGroup group)
    {
        ArgumentNullException.ThrowIfNull(pkcs8);
        ArgumentNullException.ThrowIfNull(accepted);
        if (!PrivateKeyInfo.TryDecode(pkcs8.Memory, out var key) || ReadDomain(key.PrivateKeyAlgorithm) is not { } domain)
            throw new CryptoProviderException(CryptoError.UnsupportedKey, "The private key is no Diffie-Hellman key.");
        if (!TryFindGroup(domain, accepted, out var found))
            throw new CryptoProviderException(CryptoError.UnsupportedKey, "The Diffie-Hellman group is not accepted.");
        if (!DHPrivateKey.TryDecode(key.PrivateKey.Value.Memory, out var x) || x.Value.IsNegative)
            throw new CryptoProviderException(CryptoError.InvalidKey, "The private exponent is malformed.");
        group = found;
        return Secret.From(x.Value.ToUnsigned());
    }

    /// <summary>Reads p, g and q; q is 0 where PKCS #3 does not tell it.</summary>
    internal static DomainParameters? ReadDomain(AlgorithmIdentifier identifier)
    {
        if (identifier.Parameters is not { } parameters)
            return null;
        if (identifier.Algorithm == ANSIX942Values.Dhpublicnumber)
            return DomainParameters.TryDecode(parameters.Encoded, out var domain) ? domain : null;
        return identifier.Algorithm == KeyDescription.DhKeyAgreement ? ReadPkcs3(parameters.Encoded) : null;
    }

    /// <summary>Finds the group of p, g and q.</summary>
    internal static bool TryFindGroup(DomainParameters domain, DhGroupSet accepted, [NotNullWhen(true)] out DhGroup? group)
    {
        group = null;
        return domain is { P.IsNegative: false, G.IsNegative: false, Q.IsNegative: false }
            && accepted.TryFind(domain.P.ToUnsigned(), domain.Q == 0 ? [] : domain.Q.ToUnsigned(), domain.G.ToUnsigned(), out group);
    }

    // DHParameter ::= SEQUENCE { prime INTEGER, base INTEGER, privateValueLength INTEGER OPTIONAL } (PKCS #3 §9): X9.42's form without q.
    private static DomainParameters? ReadPkcs3(ReadOnlyMemory<byte> der)
    {
        try
        {
            var reader = new DerReader(der);
            var mark = reader.Enter(Tag.Sequence);
            var domain = new DomainParameters { P = reader.ReadInteger(Tag.Integer), G = reader.ReadInteger(Tag.Integer), Q = 0 };
            if (reader.HasData)
                reader.SkipInteger(Tag.Integer);
            reader.Leave(mark);
            reader.End();
            return domain;
        }
        catch (DerException)
        {
            return null;
        }
    }
}
