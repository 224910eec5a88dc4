using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Protocol.Messages;

/// <summary>Finds certificates that authorities have made anew for the keys that are pinned: they come along with CRLs (profile section 4).</summary>
/// <remarks>Whoever has the key has signed it himself, so that it does not matter who brings it: no other key and no other name comes in so.</remarks>
public static class RenewedCertificates
{
    /// <summary>Finds what follows a pinned certificate: self-signed, of the same name and key, of an authority, in force, and valid for longer.</summary>
    /// <param name="pinned">The certificate that is pinned.</param>
    /// <param name="sent">What came along.</param>
    /// <param name="provider">What verifies.</param>
    /// <param name="now">The present.</param>
    /// <returns>The one that lasts longest; null where none follows.</returns>
    public static Certificate? Find(Certificate pinned, IEnumerable<Certificate> sent, CryptoProvider provider, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pinned);
        ArgumentNullException.ThrowIfNull(sent);
        return sent
            .Where(next => IsOfSameKey(next, pinned) && next.NotAfter > pinned.NotAfter && next.IsValidAt(now) && next.IsSelfIssued && CertificateRules.MaySign(next) && next.IsSignedBy(next, provider))
            .MaxBy(next => next.NotAfter);
    }

    /// <summary>Tells whether two certificates have the same name and key.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    public static bool IsOfSameKey(Certificate one, Certificate other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Subject.Equals(other.Subject) && one.SubjectPublicKeyInfo.Span.SequenceEqual(other.SubjectPublicKeyInfo.Span);
    }
}
