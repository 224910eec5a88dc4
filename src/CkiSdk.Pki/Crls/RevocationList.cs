using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Pem;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Crls;

/// <summary>Holds one certificate revocation list (RFC 5280 §5) with its exact DER; the entries are read where they lie.</summary>
/// <remarks>Nothing is checked but the encoding. A list with a million entries takes its octets and about 8 octets an entry for the index.</remarks>
public sealed class RevocationList
{
    private const string Label = "X509 CRL";
    private static readonly DerLimits Limits = new() { MaxLength = int.MaxValue, MaxElements = int.MaxValue };

    private readonly Lazy<EntryIndex> _index;
    private readonly CrlExtensions _extensions;

    private RevocationList(ReadOnlyMemory<byte> der)
    {
        Encoded = der;
        var view = CertificateListView.Decode(der.Span, Limits);
        var fields = view.ToBeSigned;
        ToBeSigned = Slice(view.ToBeSignedEncoded);
        AlgorithmIdentifier = view.AlgorithmIdentifier.ToRecord();
        InnerAlgorithmIdentifier = fields.Signature.ToRecord();
        Signature = new BitString(Slice(view.Encrypted.Octets), view.Encrypted.UnusedBits);
        IsVersion2 = fields.HasVersion && fields.Version.Value == 1;
        Issuer = DistinguishedName.From(fields.Issuer.ToRecord());
        ThisUpdate = fields.ThisUpdate.ToRecord();
        NextUpdate = fields.HasNextUpdate ? fields.NextUpdate.ToRecord() : null;
        EntryOctets = fields.HasRevokedCertificates ? Slice(fields.RevokedCertificates.Content) : default;
        Extensions = fields.HasCrlExtensions ? [.. Der.Decode<Extensions>(fields.CrlExtensions.Encoded.ToArray())] : [];
        _extensions = new CrlExtensions(Extensions);
        _index = new Lazy<EntryIndex>(() => new EntryIndex(EntryOctets, _extensions.DistributionPoint is { IndirectCRL: true }));
    }

    /// <summary>Gets the exact DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Gets the DER that is signed.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; }

    /// <summary>Gets the algorithm of the signature.</summary>
    public AlgorithmIdentifier AlgorithmIdentifier { get; }

    /// <summary>Gets the signature.</summary>
    public BitString Signature { get; }

    /// <summary>Gets whether the version is 2, as RFC 5280 §5.1.2.1 demands.</summary>
    public bool IsVersion2 { get; }

    /// <summary>Gets who signed.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>Gets when the list was issued.</summary>
    public DateTimeOffset IssuedAt => Times.Read(ThisUpdate);

    /// <summary>Gets by when the next one is issued, or <see langword="null"/> if nothing is said.</summary>
    public DateTimeOffset? NextIssueAt => NextUpdate is null ? null : Times.Read(NextUpdate);

    /// <summary>Gets the number, or <see langword="null"/> if there is none (RFC 5280 §5.2.3).</summary>
    public Integer? Number => _extensions.Number;

    /// <summary>Gets the number of the complete list that a delta list builds on, or <see langword="null"/> if the list is complete (RFC 5280 §5.2.4).</summary>
    public Integer? BaseNumber => _extensions.BaseNumber;

    /// <summary>Gets which certificates and reasons the list covers, or <see langword="null"/> for all of its issuer (RFC 5280 §5.2.5).</summary>
    public IssuingDistPointSyntax? DistributionPoint => _extensions.DistributionPoint;

    /// <summary>Gets the key identifier of the signer, or <see langword="null"/> if there is none (RFC 5280 §5.2.1).</summary>
    public OctetString? AuthorityKeyIdentifier => _extensions.AuthorityKeyIdentifier;

    /// <summary>Gets where delta lists are, or <see langword="null"/> if nothing is said (RFC 5280 §5.2.6).</summary>
    public CRLDistPointsSyntax? FreshestCrl => _extensions.FreshestCrl;

    /// <summary>Gets all extensions in their order.</summary>
    public IReadOnlyList<Extension> Extensions { get; }

    /// <summary>Gets how many entries there are.</summary>
    public int Count => _index.Value.Count;

    /// <summary>Gets whether an entry has a critical extension that is not known here, so that the list says nothing for certain (RFC 5280 §5.3).</summary>
    public bool HasUnknownCriticalEntryExtension => _index.Value.HasUnknownCritical;

    /// <summary>Gets whether the list has a critical extension that is not known here: such a list is not used (RFC 5280 §5.2).</summary>
    public bool HasUnknownCriticalExtension => _extensions.HasUnknownCritical;

    /// <summary>Gets whether a certificate has two entries; this is not looked for in indirect lists.</summary>
    public bool HasRepeatedEntries => _index.Value.HasRepeatedNumbers && _extensions.DistributionPoint is not { IndirectCRL: true };

    /// <summary>Gets the entries, decoded one by one.</summary>
    /// <exception cref="DerException">An extension of an entry is malformed.</exception>
    public IEnumerable<RevokedCertificate> Entries => EntryReader.ReadAll(EntryOctets);

    internal Time ThisUpdate { get; }

    internal Time? NextUpdate { get; }

    internal AlgorithmIdentifier InnerAlgorithmIdentifier { get; }

    internal ReadOnlyMemory<byte> EntryOctets { get; }

    internal CrlExtensions Content => _extensions;

    /// <summary>Decodes DER.</summary>
    /// <param name="der">Exactly one list; the octets are kept, not copied, and must not change.</param>
    /// <returns>The list.</returns>
    /// <exception cref="DerException">The octets, or those of a known extension, are not the DER of their type, or an extension stands twice.</exception>
    public static RevocationList Decode(ReadOnlyMemory<byte> der) => new(der);

    /// <summary>Decodes DER where a refusal is no exception.</summary>
    /// <param name="der">Exactly one list; the octets are kept, not copied, and must not change.</param>
    /// <param name="list">The list.</param>
    /// <returns><see langword="false"/> if <see cref="Decode"/> would refuse.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out RevocationList? list)
    {
        try
        {
            list = Decode(der);
            return true;
        }
        catch (DerException)
        {
            list = null;
            return false;
        }
    }

    /// <summary>Reads all lists of a PEM text in their order; other blocks are passed over (RFC 7468 §6).</summary>
    /// <param name="pem">The text.</param>
    /// <returns>The lists, decoded one by one.</returns>
    /// <exception cref="FormatException">One is malformed.</exception>
    public static IEnumerable<RevocationList> ReadAll(string pem) => PemBlocks.FindAll(pem, Label).Select(der => Decode(der));

    /// <summary>Finds the entry of a certificate.</summary>
    /// <param name="serialNumber">Its serial number.</param>
    /// <param name="certificateIssuer">Its issuer; <see langword="null"/> for that of the list.</param>
    /// <returns>The entry, the last one if there are several; <see langword="null"/> if there is none.</returns>
    /// <exception cref="DerException">An extension of the entry is malformed.</exception>
    public RevokedCertificate? Find(Integer serialNumber, DistinguishedName? certificateIssuer = null) =>
        _index.Value.Find(serialNumber.Octets.Span, certificateIssuer is null || certificateIssuer.Equals(Issuer) ? null : certificateIssuer, Issuer);

    /// <summary>Verifies that a certificate's subject signed the list; whether it may is not looked at.</summary>
    /// <param name="issuer">The certificate of the signer.</param>
    /// <param name="provider">What verifies.</param>
    /// <returns><see langword="false"/> if names, algorithms or signature do not fit.</returns>
    public bool IsSignedBy(Certificate issuer, CryptoProvider provider)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(provider);
        return Issuer.Equals(issuer.Subject)
            && AlgorithmIdentifier == InnerAlgorithmIdentifier
            && SignatureIdentifiers.TryFind(AlgorithmIdentifier, out var algorithm)
            && Signature.UnusedBits == 0
            && provider.PublicKeys.Verify(issuer.SubjectPublicKeyInfo.Span, algorithm, ToBeSigned.Span, Signature.Octets.Span);
    }

    /// <summary>Writes the list as PEM.</summary>
    /// <returns>The text, with a line feed at its end.</returns>
    public string ToPem() => PemEncoding.WriteString(Label, Encoded.Span) + "\n";

    private ReadOnlyMemory<byte> Slice(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
            return default;
        Encoded.Span.Overlaps(part, out var offset);
        return Encoded.Slice(offset, part.Length);
    }
}
