using Org.BouncyCastle.Asn1.X509;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Decodes extensions with BouncyCastle, down to the parts that its classes make only when asked for them.</summary>
internal static class BouncyExtensions
{
    /// <summary>Decodes all that are known and gives their number.</summary>
    public static int Decode(X509Extensions? extensions, Action<object> take)
    {
        var known = 0;
        foreach (var id in extensions?.GetExtensionOids() ?? [])
        {
            if (Decode(id.Id, extensions!.GetExtension(id)) is not { } value) continue;
            take(value);
            known++;
        }

        return known;
    }

    private static object? Decode(string id, X509Extension extension) => id switch
    {
        "2.5.29.14" => SubjectKeyIdentifier.GetInstance(extension.GetParsedValue()),
        "2.5.29.15" => KeyUsage.GetInstance(extension.GetParsedValue()),
        "2.5.29.16" => PrivateKeyUsagePeriod.GetInstance(extension.GetParsedValue()),
        "2.5.29.17" or "2.5.29.18" => GeneralNames.GetInstance(extension.GetParsedValue()).GetNames(),
        "2.5.29.19" => BasicConstraints.GetInstance(extension.GetParsedValue()),
        "2.5.29.31" => CrlDistPoint.GetInstance(extension.GetParsedValue()).GetDistributionPoints(),
        "2.5.29.32" => CertificatePolicies.GetInstance(extension.GetParsedValue()).GetPolicyInformation(),
        "2.5.29.35" => AuthorityKeyIdentifier.GetInstance(extension.GetParsedValue()),
        "2.5.29.37" => ExtendedKeyUsage.GetInstance(extension.GetParsedValue()),
        "1.3.6.1.5.5.7.1.1" => AuthorityInformationAccess.GetInstance(extension.GetParsedValue()).GetAccessDescriptions(),
        _ => null,
    };
}
