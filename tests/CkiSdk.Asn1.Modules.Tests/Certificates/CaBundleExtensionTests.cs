using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.PKIX1Implicit88;

namespace CkiSdk.Asn1.Modules.Tests.Certificates;

/// <summary>Decodes every extension of the machine's authorities into the type that its module gives it.</summary>
public sealed class CaBundleExtensionTests
{
    private static readonly IReadOnlyList<byte[]> Bundle = CaBundle.Read();

    private static readonly Dictionary<string, Func<ReadOnlyMemory<byte>, byte[]>> Types = new(StringComparer.Ordinal)
    {
        ["2.5.29.9"] = Again<AttributesSyntax>,
        ["2.5.29.14"] = Again<KeyIdentifier>,
        ["2.5.29.15"] = Again<KeyUsage>,
        ["2.5.29.16"] = Again<PrivateKeyUsagePeriod>,
        ["2.5.29.17"] = Again<GeneralNames>,
        ["2.5.29.18"] = Again<GeneralNames>,
        ["2.5.29.19"] = Again<BasicConstraintsSyntax>,
        ["2.5.29.30"] = Again<NameConstraintsSyntax>,
        ["2.5.29.31"] = Again<CRLDistPointsSyntax>,
        ["2.5.29.32"] = Again<CertificatePoliciesSyntax>,
        ["2.5.29.33"] = Again<PolicyMappingsSyntax>,
        ["2.5.29.35"] = Again<AuthorityKeyIdentifier>,
        ["2.5.29.36"] = Again<PolicyConstraintsSyntax>,
        ["2.5.29.37"] = Again<ExtKeyUsageSyntax>,
        ["2.5.29.46"] = Again<CRLDistPointsSyntax>,
        ["2.5.29.54"] = Again<SkipCerts>,
        ["1.3.6.1.5.5.7.1.1"] = Again<AuthorityInfoAccessSyntax>,
    };

    [Fact]
    public void EveryExtension_OfAKnownType_EncodesTheSame()
    {
        var count = 0;
        foreach (var der in Bundle)
        {
            foreach (var extension in Certificate.Decode(der).ToBeSigned.Extensions?.Value ?? [])
            {
                if (Types.TryGetValue(extension.ExtnId.ToString(), out var again))
                {
                    count++;
                    Assert.Equal(Convert.ToHexString(extension.ExtnValue.Span), Convert.ToHexString(again(extension.ExtnValue.Memory)));
                }
            }
        }

        Assert.True(count >= 3 * Bundle.Count / 2, $"only {count} extensions of {Bundle.Count} certificates were of a known type");
    }

    [Fact]
    public void KeyUsage_WithTrailingZeros_IsKept()
    {
        var usage = KeyUsage.Decode(Convert.FromHexString("03020006"));
        Assert.True(usage.Has(KeyUsage.KeyCertSign | KeyUsage.CRLSign));
        Assert.Equal("03020006", Convert.ToHexString(usage.Encode()));
        Assert.Equal("03020106", Convert.ToHexString((KeyUsage.KeyCertSign | KeyUsage.CRLSign).Encode()));
        Assert.True(KeyUsageView.Decode(Convert.FromHexString("03020006")).Value[5]);
    }

    private static byte[] Again<T>(ReadOnlyMemory<byte> der)
        where T : IDerType<T> => Der.Encode(Der.Decode<T>(der));
}
