using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Crls;

/// <summary>Signs revocation lists of any size; the octets of the result are the only large copy.</summary>
public static class RevocationListSigner
{
    private const int RoomBehind = 8192; // algorithm and signature
    private const int RoomBefore = 16; // the outermost header

    /// <summary>Signs a list.</summary>
    /// <param name="template">What it shall say.</param>
    /// <param name="issuer">The certificate of the issuer.</param>
    /// <param name="issuerKey">His private key.</param>
    /// <param name="algorithm">One of the key's algorithms.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ArgumentException">The key is not that of the certificate, or the template contradicts itself.</exception>
    /// <exception cref="CertificateRefusedException">The issuer may not sign lists.</exception>
    /// <exception cref="CryptoProviderException">The key cannot do the algorithm, or the device failed.</exception>
    public static async ValueTask<RevocationList> SignAsync(
        RevocationListTemplate template, Certificate issuer, ISigningKey issuerKey, SignatureAlgorithm algorithm, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(issuerKey);
        Require(template, issuer, issuerKey);
        var identifier = SignatureIdentifiers.Of(algorithm);
        var buffer = Write(template, issuer, identifier, out var start, out var end);
        var signature = await issuerKey.SignAsync(algorithm, buffer.AsMemory(start, end - start), cancellationToken).ConfigureAwait(false);
        return RevocationList.Decode(Finish(buffer, start, end, identifier, signature));
    }

    private static void Require(RevocationListTemplate template, Certificate issuer, ISigningKey issuerKey)
    {
        if (!issuer.SubjectPublicKeyInfo.Span.SequenceEqual(issuerKey.SubjectPublicKeyInfo.Span))
            throw new ArgumentException("The key is not that of the issuer.", nameof(issuerKey));
        if (issuer.KeyUsage is { } usage && !usage.Has(KeyUsage.CRLSign))
            throw new CertificateRefusedException([new("RFC 5280 §4.2.1.3", "the issuer's key may not sign revocation lists")]);
        if (template.NextIssueAt <= template.IssuedAt)
            throw new ArgumentException("The list ends before it begins.", nameof(template));
        if (template.Number.IsNegative || template.Number.Octets.Length > SerialNumbers.MaxLength)
            throw new ArgumentException("The number of a list is not negative and has at most 20 octets (RFC 5280 §5.2.3).", nameof(template));
        if (template.BaseNumber is { } from && from > template.Number)
            throw new ArgumentException("A delta list builds on a later list (RFC 5280 §5.2.4).", nameof(template));
        if (template.BaseNumber is not null && template.FreshestCrl is not null)
            throw new ArgumentException("A delta list has no freshestCRL (RFC 5280 §5.2.6).", nameof(template));
    }

    // Back to front, so that each length is known; room is left on both sides.
    private static byte[] Write(RevocationListTemplate template, Certificate issuer, AlgorithmIdentifier identifier, out int start, out int end)
    {
        var entries = EntryWriter.Write(template, issuer.Subject);
        var extensions = ExtensionsOf(template, issuer).Encode();
        byte[] head = [.. identifier.Encode(), .. issuer.Subject.Encoded.Span, .. Times.From(template.IssuedAt).Encode(), .. Times.From(template.NextIssueAt).Encode()];
        var previous = template.Previous?.EntryOctets ?? default;
        end = checked(RoomBefore + entries.Length + previous.Length + extensions.Length + head.Length + 64);
        var buffer = GC.AllocateUninitializedArray<byte>(end + RoomBehind);
        var writer = new DerWriter(buffer.AsSpan(0, end));
        writer.WriteRaw(extensions);
        writer.End(Tag.Context(0, constructed: true), 0);
        var mark = writer.Length;
        writer.WriteRaw(entries.Span);
        writer.WriteRaw(previous.Span);
        if (writer.Length > mark)
            writer.End(Tag.Sequence, mark);
        writer.WriteRaw(head);
        writer.WriteInt32(Tag.Integer, 1); // v2
        writer.End(Tag.Sequence, 0);
        start = end - writer.Length;
        return buffer;
    }

    private static ReadOnlyMemory<byte> Finish(byte[] buffer, int start, int end, AlgorithmIdentifier identifier, byte[] signature)
    {
        byte[] tail = [.. identifier.Encode(), .. Der.Encode(new BitString(signature), static (ref DerWriter writer, BitString bits) => writer.WriteBitString(Tag.BitString, bits))];
        if (tail.Length > RoomBehind)
            throw new CryptoProviderException($"The signature has {signature.Length} octets.");
        tail.CopyTo(buffer, end);
        end += tail.Length;
        var counter = default(DerWriter);
        counter.WriteRaw(buffer.AsSpan(start, end - start));
        counter.End(Tag.Sequence, 0);
        var header = counter.Length - (end - start);
        var writer = new DerWriter(buffer.AsSpan(start - header, end - start + header));
        writer.WriteRaw(buffer.AsSpan(start, end - start));
        writer.End(Tag.Sequence, 0);
        return buffer.AsMemory(start - header, end - start + header);
    }

    private static Extensions ExtensionsOf(RevocationListTemplate template, Certificate issuer)
    {
        var extensions = new List<Extension>
        {
            CertificateExtension.AuthorityKeyIdentifier(CertificateSigner.KeyIdentifierOf(issuer)),
            CertificateExtension.Make(CertificateExtensionsValues.IdCeCRLNumber, critical: false, new CRLNumber(template.Number)),
        };
        if (template.BaseNumber is { } from)
            extensions.Add(CertificateExtension.Make(CertificateExtensionsValues.IdCeDeltaCRLIndicator, critical: true, new CRLNumber(from)));
        if (template.DistributionPoint is { } point)
            extensions.Add(CertificateExtension.Make(CertificateExtensionsValues.IdCeIssuingDistributionPoint, critical: true, point));
        if (template.FreshestCrl is { } freshest)
            extensions.Add(CertificateExtension.Make(CertificateExtensionsValues.IdCeFreshestCRL, critical: false, freshest));
        return new Extensions((SequenceOf<Extension>)extensions.ToArray());
    }
}
