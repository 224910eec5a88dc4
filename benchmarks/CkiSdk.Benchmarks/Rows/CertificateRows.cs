using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Peers;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Decodes and encodes each certificate of the bundle.</summary>
internal static class CertificateRows
{
    /// <summary>Gives the rows, after a check that both sides give the same octets back.</summary>
    public static IEnumerable<Row> All()
    {
        var encoded = CertificateBundle.Encoded;
        var ours = Array.ConvertAll(encoded, der => Certificate.Decode(der));
        // Given anew, the part that is signed forgets the octets that it came in.
        var anew = Array.ConvertAll(ours, value => value with { ToBeSigned = value.ToBeSigned });
        var bouncy = Array.ConvertAll(encoded, BouncyCertificates.Decode);
        var hand = Array.ConvertAll(encoded, HandReader.Decode);
        for (var i = 0; i < encoded.Length; i++)
        {
            Equal.Require(encoded[i], ours[i].Encode());
            Equal.Require(encoded[i], anew[i].Encode());
            Equal.Require(encoded[i], bouncy[i].GetDerEncoded());
            Equal.Require(encoded[i], HandWriter.Encode(hand[i]));
        }

        yield return Over(encoded, "decode a certificate / BouncyCastle", 0.1, der => Certificate.Decode(der), BouncyCertificates.Decode) with { MostAllocated = 1200 };
        yield return Over(encoded, "decode a certificate / AsnReader by hand", 0.4, der => Certificate.Decode(der), HandReader.Decode) with { MostAllocated = 1200 };
        yield return new Row("view a certificate / BouncyCastle", 0.04, encoded.Length, () => Validate(encoded), Each(encoded, BouncyCertificates.Decode)) { MostAllocated = 0 };
        yield return new Row("view a certificate, take its fields / BouncyCastle", 0.1, encoded.Length, () => View(encoded), Each(encoded, BouncyCertificates.Decode)) { MostAllocated = 0 };
        if (OpenSslCertificates.IsAvailable)
        {
            yield return new Row("decode a certificate / OpenSSL d2i_X509", 0, encoded.Length, Each(encoded, der => Certificate.Decode(der)), () => Array.ForEach(encoded, OpenSslCertificates.Decode));
            yield return new Row("view a certificate / OpenSSL d2i_X509", 0, encoded.Length, () => Validate(encoded), () => Array.ForEach(encoded, OpenSslCertificates.Decode));
        }

        if (GoCertificates.Start(encoded) is { } go)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => go.Dispose();
            yield return new Row("decode a certificate / Go x509.ParseCertificate", 0, encoded.Length, Each(encoded, der => Certificate.Decode(der)), go.Pass) { IsByClock = true };
        }

        // One allocation: the array of the result.
        var most = encoded.Sum(der => 24 + ((der.Length + 7L) & ~7L)) / encoded.Length;
        yield return new Row("encode a certificate / BouncyCastle", 0.2, encoded.Length, Each(anew, value => value.Encode()), Each(bouncy, value => value.GetDerEncoded())) { MostAllocated = most };
        yield return new Row("encode a certificate / AsnWriter by hand", 0.6, encoded.Length, Each(anew, value => value.Encode()), Each(hand, HandWriter.Encode)) { MostAllocated = most };
        yield return new Row("encode a certificate that was decoded / BouncyCastle", 0.2, encoded.Length, Each(ours, value => value.Encode()), Each(bouncy, value => value.GetDerEncoded())) { MostAllocated = most };
    }

    private static void Validate(byte[][] encoded)
    {
        foreach (var der in encoded)
            _ = CertificateView.Decode(der);
    }

    private static void View(byte[][] encoded)
    {
        foreach (var der in encoded)
            Sink.Take(CertificateViews.Read(der));
    }

    private static Row Over<TInput>(TInput[] inputs, string name, double target, Func<TInput, object> ours, Func<TInput, object> theirs) =>
        new(name, target, inputs.Length, Each(inputs, ours), Each(inputs, theirs));

    private static Action Each<TInput>(TInput[] inputs, Func<TInput, object> operation) => () =>
    {
        foreach (var input in inputs)
            Sink.Take(operation(input));
    };
}
