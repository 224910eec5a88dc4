using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.ANSIX942;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Crypto;

namespace CkiSdk.Pki.Algorithms;

/// <summary>Writes and reads Diffie-Hellman public keys: dhpublicnumber with p, g and q only (RFC 3279 §2.3.3; profile section 2).</summary>
public static class DhPublicKeys
{
    // Of each group once: its numbers are long and it never changes.
    private static readonly ConditionalWeakTable<DhGroup, AlgorithmIdentifier> Identifiers = [];

    /// <summary>Writes a public key.</summary>
    /// <param name="group">The group.</param>
    /// <param name="publicValue">y, big-endian.</param>
    /// <returns>The DER of SubjectPublicKeyInfo.</returns>
    /// <exception cref="ArgumentException">y is zero or longer than the modulus.</exception>
    public static byte[] Encode(DhGroup group, ReadOnlySpan<byte> publicValue)
    {
        ArgumentNullException.ThrowIfNull(group);
        var y = Integer.FromUnsigned(publicValue);
        if (y == default || y.ToUnsigned().Length > group.Length)
            throw new ArgumentException("The public value is no member of the group.", nameof(publicValue));

        // In one piece: the parameters are long, and a CMA writes a key for each certificate.
        return Der.Encode((Algorithm: IdentifierOf(group), Y: y), static (ref writer, key) =>
        {
            var mark = writer.Length;
            writer.WriteInteger(Tag.Integer, key.Y);
            writer.EndBits(Tag.BitString, mark);
            key.Algorithm.Encode(ref writer);
            writer.End(Tag.Sequence, mark);
        });
    }

    /// <summary>Gives the algorithm identifier of keys in a group.</summary>
    /// <param name="group">The group.</param>
    /// <returns>dhpublicnumber with the parameters of the group.</returns>
    public static AlgorithmIdentifier IdentifierOf(DhGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Identifiers.GetValue(group, static group => new AlgorithmIdentifier
        {
            Algorithm = ANSIX942Values.Dhpublicnumber,
            Parameters = AnyValue.From(new DomainParameters
            {
                P = Integer.FromUnsigned(group.P.Span),
                G = Integer.FromUnsigned(group.G.Span),
                Q = Integer.FromUnsigned(group.Q.Span),
            }),
        });
    }

    /// <summary>Finds the group of an algorithm identifier.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="accepted">The groups that the configuration accepts.</param>
    /// <param name="group">The group.</param>
    /// <returns><see langword="false"/> if it is no dhpublicnumber, says more than p, g and q, or no accepted group has these.</returns>
    public static bool TryFindGroup(AlgorithmIdentifier identifier, DhGroupSet accepted, [NotNullWhen(true)] out DhGroup? group)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(accepted);
        group = null;
        return identifier.Algorithm == ANSIX942Values.Dhpublicnumber
            && identifier.Parameters is { } parameters
            && Der.TryDecode<DomainParameters>(parameters.Encoded, out var domain)
            && domain is { J: null, ValidationParms: null, P.IsNegative: false, G.IsNegative: false, Q.IsNegative: false }
            && accepted.TryFind(domain.P.ToUnsigned(), domain.Q.ToUnsigned(), domain.G.ToUnsigned(), out group);
    }

    /// <summary>Reads a public key.</summary>
    /// <param name="subjectPublicKeyInfo">The DER of SubjectPublicKeyInfo.</param>
    /// <param name="accepted">The groups that the configuration accepts.</param>
    /// <param name="group">The group.</param>
    /// <param name="publicValue">
    /// y, left-padded to the length of p. It is between 2 and p − 2; that it lies in the subgroup is for <see cref="IDiffieHellman.IsValidPublicValue"/> to say.
    /// </param>
    /// <returns><see langword="false"/> if the key is malformed, of another kind, or its group is not exactly an accepted one.</returns>
    public static bool TryDecode(
        ReadOnlyMemory<byte> subjectPublicKeyInfo,
        DhGroupSet accepted,
        [NotNullWhen(true)] out DhGroup? group,
        [NotNullWhen(true)] out byte[]? publicValue)
    {
        publicValue = null;
        group = null;
        if (!SubjectPublicKeyInfo.TryDecode(subjectPublicKeyInfo, out var key)
            || !TryFindGroup(key.Algorithm, accepted, out group)
            || key.SubjectPublicKey.UnusedBits != 0
            || !DHPublicKey.TryDecode(key.SubjectPublicKey.Octets, out var y)
            || !IsInRange(y.Value, group))
            return false;
        publicValue = new byte[group.Length];
        var digits = y.Value.ToUnsigned();
        digits.CopyTo(publicValue.AsSpan(group.Length - digits.Length));
        return true;
    }

    private static bool IsInRange(Integer y, DhGroup group) => y > 1 && y.ToBigInteger() < Integer.FromUnsigned(group.P.Span).ToBigInteger() - 1;
}
