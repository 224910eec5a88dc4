using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.InformationFramework;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Reads certificates where they lie.</summary>
internal static class CertificateViews
{
    /// <summary>Validates every element and takes what a path builder asks for first: names, validity, key, extensions.</summary>
    /// <returns>A number that depends on all of it.</returns>
    public static long Read(ReadOnlySpan<byte> der)
    {
        var fields = CertificateView.Decode(der).ToBeSigned;
        var sum = fields.SerialNumber.Value.Octets.Length + Attributes(fields.Issuer) + Attributes(fields.Subject);
        sum += fields.SubjectPublicKeyInfo.SubjectPublicKey.Length;
        if (fields.HasExtensions)
        {
            foreach (var extension in fields.Extensions)
                sum += extension.ExtnId.Encoded.Length + extension.ExtnValue.Length + (extension.Critical ? 1 : 0);
        }

        return sum;
    }

    private static int Attributes(NameView name)
    {
        var sum = 0;
        foreach (var relative in name.RdnSequence)
        {
            foreach (var attribute in relative)
                sum += attribute.Type.Encoded.Length + attribute.Value.Content.Length;
        }

        return sum;
    }
}
