using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Names;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Binding;

/// <summary>Is an authentication certificate with its private key: what a party signs the tokens of a bind with (profile section 6).</summary>
public sealed class BindIdentity
{
    /// <summary>Creates the identity.</summary>
    /// <param name="certificate">The certificate, for signatures; not that of a CMA key.</param>
    /// <param name="key">Its private key; it stays the caller's.</param>
    /// <param name="intermediates">The certificates between it and an anchor of the other side, upward.</param>
    /// <exception cref="ArgumentException">The key is not that of the certificate, or the certificate is not for signatures.</exception>
    public BindIdentity(Certificate certificate, ISigningKey key, IReadOnlyList<Certificate>? intermediates = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        if (!key.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException("The key is not that of the certificate.", nameof(key));
        }

        if (!MaySign(certificate))
        {
            throw new ArgumentException("The certificate is not made for signatures.", nameof(certificate));
        }

        (Certificate, Key, Intermediates) = (certificate, key, intermediates ?? []);
    }

    /// <summary>Gets the certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>Gets the certificates between it and an anchor, upward.</summary>
    public IReadOnlyList<Certificate> Intermediates { get; }

    /// <summary>Gets whose identity it is.</summary>
    public DistinguishedName Name => Certificate.Subject;

    internal ISigningKey Key { get; }

    /// <summary>Tells whether the key of a certificate may sign tokens.</summary>
    internal static bool MaySign(Certificate certificate) => certificate.KeyUsage is not { } usage || usage.Has(KeyUsage.DigitalSignature);
}
