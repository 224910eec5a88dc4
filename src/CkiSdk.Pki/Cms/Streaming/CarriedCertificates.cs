using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Pki.Crls;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Cms.Streaming;

/// <summary>Writes and reads the certificates and revocation lists that a message carries; each keeps its own octets, which its issuer signed.</summary>
internal static class CarriedCertificates
{
    private static readonly DerLimits Unlimited = DerLimits.Default with { MaxLength = int.MaxValue, MaxElements = int.MaxValue }; // the lists are our own

    /// <summary>Puts certificates into a set.</summary>
    public static CertificateSet? SetOf(IReadOnlyList<Certificate> certificates) => certificates.Count == 0
        ? null
        : new CertificateSet((SetOf<CertificateChoices>)[.. certificates.Distinct().Select(certificate => new CertificateChoices.Certificate(certificate.Value))]);

    /// <summary>Puts revocation lists into a set.</summary>
    public static RevocationInfoChoices? SetOf(IReadOnlyList<RevocationList> lists) => lists.Count == 0
        ? null
        : new RevocationInfoChoices((SetOf<RevocationInfoChoice>)[.. lists.Distinct().Select(list => new RevocationInfoChoice.Crl(Der.Decode<CertificateList>(list.Encoded, Unlimited)))]);

    /// <summary>Reads a set of certificates; those of other formats are passed over.</summary>
    public static async ValueTask<List<Certificate>> ReadCertificatesAsync(BerInput input, Tag tag, DerLimits limits, CancellationToken cancellationToken)
    {
        var certificates = new List<Certificate>();
        foreach (var element in await ReadAsync(input, tag, limits, cancellationToken).ConfigureAwait(false))
        {
            if (Certificate.TryDecode(element, out var certificate))
                certificates.Add(certificate);
        }

        return certificates;
    }

    /// <summary>Reads a set of revocation lists; those of other formats are passed over.</summary>
    public static async ValueTask<List<RevocationList>> ReadListsAsync(BerInput input, Tag tag, DerLimits limits, CancellationToken cancellationToken)
    {
        var lists = new List<RevocationList>();
        foreach (var element in await ReadAsync(input, tag, limits, cancellationToken).ConfigureAwait(false))
        {
            if (RevocationList.TryDecode(element, out var list))
                lists.Add(list);
        }

        return lists;
    }

    private static async ValueTask<List<byte[]>> ReadAsync(BerInput input, Tag tag, DerLimits limits, CancellationToken cancellationToken)
    {
        var elements = new List<byte[]>();
        long length = 0;
        await input.EnterAsync(tag, cancellationToken).ConfigureAwait(false);
        while (await input.PeekAsync(cancellationToken).ConfigureAwait(false) is { } header)
        {
            var element = await input.ReadElementAsync(cancellationToken).ConfigureAwait(false);
            length += element.Length;
            if (length > limits.MaxLength)
                throw input.Error(DerErrorKind.TooLarge, "there are too many certificates or revocation lists");
            if (header.Tag == Tag.Sequence)
                elements.Add(element);
        }

        await input.LeaveAsync(cancellationToken).ConfigureAwait(false);
        return elements;
    }
}
