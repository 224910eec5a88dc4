using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Decodes the extensions that the bundle has, by the generated types.</summary>
internal static class TypedExtensions
{
    // RFC 5280 §4.2.1: id-ce is 2.5.29, of which the last octet tells the extensions apart; §4.2.2.1: id-pe-authorityInfoAccess.
    private static ReadOnlySpan<byte> Ce => [0x55, 0x1D];

    private static ReadOnlySpan<byte> AuthorityInfoAccess => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x01];

    /// <summary>Decodes the value of an extension; null for one that is not known.</summary>
    public static object? Decode(Extension extension)
    {
        var id = extension.ExtnId.Encoded.Span;
        var der = extension.ExtnValue.Memory;
        if (id.Length != 3 || !id.StartsWith(Ce)) return id.SequenceEqual(AuthorityInfoAccess) ? AuthorityInfoAccessSyntax.Decode(der) : null;
        return id[2] switch
        {
            14 => KeyIdentifier.Decode(der),
            15 => KeyUsage.Decode(der),
            16 => PrivateKeyUsagePeriod.Decode(der),
            17 or 18 => GeneralNames.Decode(der),
            19 => BasicConstraintsSyntax.Decode(der),
            31 => CRLDistPointsSyntax.Decode(der),
            32 => CertificatePoliciesSyntax.Decode(der),
            35 => AuthorityKeyIdentifier.Decode(der),
            37 => ExtKeyUsageSyntax.Decode(der),
            _ => null,
        };
    }
}
