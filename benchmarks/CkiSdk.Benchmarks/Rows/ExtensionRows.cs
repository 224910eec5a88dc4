using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Peers;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Decodes each certificate of the bundle and the values of its extensions, each as the type that its identifier stands for.</summary>
internal static class ExtensionRows
{
    /// <summary>Gives the rows, after a check that both sides know the same extensions.</summary>
    public static IEnumerable<Row> All()
    {
        var encoded = CertificateBundle.Encoded;
        foreach (var der in encoded)
        {
            var (ours, bouncy, hand) = (Ours(der), Theirs(der), ByHand(der));
            if (ours != bouncy || ours != hand) throw new InvalidOperationException($"Of one certificate {ours}, {bouncy} and {hand} extensions were decoded.");
        }

        yield return Over(encoded, "decode a certificate and its extensions / BouncyCastle", 0.1, Theirs);
        yield return Over(encoded, "decode a certificate and its extensions / AsnReader by hand", 0.4, ByHand);
    }

    private static Row Over(byte[][] encoded, string name, double target, Func<byte[], int> theirs) =>
        new(name, target, encoded.Length, () => Array.ForEach(encoded, static der => Sink.Take(Ours(der))), () => Array.ForEach(encoded, der => Sink.Take(theirs(der))));

    // Each gives how many extensions it knew.
    private static int Ours(byte[] der)
    {
        var certificate = Certificate.Decode(der);
        Sink.Take(certificate);
        var known = 0;
        foreach (var extension in certificate.ToBeSigned.Extensions?.Value ?? [])
        {
            if (TypedExtensions.Decode(extension) is not { } value) continue;
            Sink.Take(value);
            known++;
        }

        return known;
    }

    private static int Theirs(byte[] der)
    {
        var certificate = BouncyCertificates.Decode(der);
        Sink.Take(certificate);
        return BouncyExtensions.Decode(certificate.TbsCertificate.Extensions, Sink.Take);
    }

    private static int ByHand(byte[] der)
    {
        var certificate = HandReader.Decode(der);
        Sink.Take(certificate);
        var known = 0;
        foreach (var extension in certificate.Extensions ?? [])
        {
            if (HandExtensions.Decode(extension) is not { } value) continue;
            Sink.Take(value);
            known++;
        }

        return known;
    }
}
