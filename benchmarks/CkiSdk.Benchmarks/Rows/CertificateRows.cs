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
        var bouncy = Array.ConvertAll(encoded, BouncyCertificates.Decode);
        var hand = Array.ConvertAll(encoded, HandReader.Decode);
        for (var i = 0; i < encoded.Length; i++)
        {
            Equal.Require(encoded[i], ours[i].Encode());
            Equal.Require(encoded[i], bouncy[i].GetDerEncoded());
            Equal.Require(encoded[i], HandWriter.Encode(hand[i]));
        }

        yield return Over(encoded, "decode a certificate / BouncyCastle", 0.15, der => Certificate.Decode(der), BouncyCertificates.Decode);
        yield return Over(encoded, "decode a certificate / AsnReader by hand", 0.5, der => Certificate.Decode(der), HandReader.Decode);
        yield return new Row("encode a certificate / BouncyCastle", 0.3, encoded.Length, Each(ours, value => value.Encode()), Each(bouncy, value => value.GetDerEncoded()));
        yield return new Row("encode a certificate / AsnWriter by hand", 0.6, encoded.Length, Each(ours, value => value.Encode()), Each(hand, HandWriter.Encode));
    }

    private static Row Over<TInput>(TInput[] inputs, string name, double target, Func<TInput, object> ours, Func<TInput, object> theirs) =>
        new(name, target, inputs.Length, Each(inputs, ours), Each(inputs, theirs));

    private static Action Each<TInput>(TInput[] inputs, Func<TInput, object> operation) => () =>
    {
        foreach (var input in inputs)
            Sink.Take(operation(input));
    };
}
