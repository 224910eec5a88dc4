using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Benchmarks.Rows;

/// <summary>Issues certificates, validates paths, and signs and reads revocation lists.</summary>
internal static class PkiRows
{
    private const int Issued = 50;
    private const int Validated = 20;
    private static readonly DateTimeOffset Time = PkiBench.Time;

    /// <summary>Gives the rows.</summary>
    public static IEnumerable<Row> All()
    {
        var bench = new PkiBench();
        var toBeSigned = bench.End.Value.ToBeSignedEncoded;
        var algorithm = SignatureAlgorithm.EcdsaSha256;
        yield return new Row("issue a certificate (ECDSA P-256, lint included) / the signature alone", 1 / 0.7, Issued, Times(Issued, bench.Issue), Times(Issued, bench.SignAlone));
        yield return new Row("issue a certificate (ECDSA P-256, lint included) / CertificateRequest.Create", 1 / 6.0, Issued, Times(Issued, bench.Issue), Times(Issued, () => Dispose(bench.IssueByFramework())));
        var signature = bench.End.Value.Encrypted.Octets;
        var ours = CryptoProviders.Software.PublicKeys.ImportVerificationKey(bench.Middle.SubjectPublicKeyInfo.Span);
        var theirs = bench.MiddleFramework.GetECDsaPrivateKey()!;
        yield return new Row("sign by ECDSA P-256 / ECDsa.SignData", 1, Issued, Times(Issued, bench.SignAlone), Times(Issued, () => theirs.SignData(toBeSigned.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        yield return new Row("verify by ECDSA P-256 / ECDsa.VerifyData", 1, Issued, Times(Issued, () => Require(ours.Verify(algorithm, toBeSigned.Span, signature.Span))), Times(Issued, () => Require(theirs.VerifyData(toBeSigned.Span, signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))));
        var kept = new PathValidator([new TrustAnchor(bench.Root)], CryptoProviders.Software, [bench.Middle]);
        yield return new Row("parse and validate a path of 3, issuer keys imported / X509Chain", 1 / 3.0, Validated, Times(Validated, () => bench.Validate(kept)), Times(Validated, bench.ValidateByFramework));
        yield return new Row("parse and validate a path of 3, cold / X509Chain", 1 / 1.2, Validated, Times(Validated, () => bench.Validate(null)), Times(Validated, bench.ValidateByFramework));
        foreach (var row in Lists(bench, 100_000, TimeSpan.FromMilliseconds(250)).Concat(Lists(bench, 1_000_000, TimeSpan.FromSeconds(3))))
            yield return row with { IsByClock = true };
    }

    private static IEnumerable<Row> Lists(PkiBench bench, int count, TimeSpan limit)
    {
        var entries = new Lazy<RevokedCertificate[]>(() => [.. Enumerable.Range(0, count).Select(Entry)]);
        var list = new Lazy<byte[]>(() => Sign(bench, entries.Value).Encoded.ToArray());
        // The framework's builder takes seconds for 100,000 entries and minutes for a million, and it looks nothing up: it is no peer.
        var time = limit < TimeSpan.FromSeconds(1) ? $"{limit.TotalMilliseconds} ms" : $"{limit.TotalSeconds} s";
        yield return Row.Within($"create and sign a revocation list of {count:N0} / {time}", limit, () => Sink.Take(Sign(bench, entries.Value)));
        yield return Row.Within($"parse a revocation list of {count:N0}, look up 1,000 / {time}", limit, () => Read(list.Value, count));
    }

    private static RevokedCertificate Entry(int i) => new()
    {
        SerialNumber = new Asn1.Integer((byte[])[0x40, .. SHA256.HashData(BitConverter.GetBytes(i))[..19]]),
        RevocationDate = Time.AddSeconds(-i),
        Reason = i % 3 == 0 ? CRLReason.KeyCompromise : null,
    };

    private static RevocationList Sign(PkiBench bench, RevokedCertificate[] entries) =>
        RevocationListSigner.SignAsync(
            new RevocationListTemplate { IssuedAt = Time, NextIssueAt = Time.AddDays(7), Number = 1, Entries = entries }, bench.Middle, bench.MiddleKey, bench.MiddleKey.Algorithms[0]).AsTask().GetAwaiter().GetResult();

    private static void Read(byte[] der, int count)
    {
        var list = RevocationList.Decode(der);
        for (var i = 0; i < 1000; i++)
        {
            if (list.Find(Entry(i * (count / 1000)).SerialNumber) is null)
                throw new InvalidOperationException("An entry is not found.");
        }
    }

    private static void Require(bool isTrue)
    {
        if (!isTrue)
            throw new InvalidOperationException("The signature is not verified.");
    }

    private static X509Certificate2 Dispose(X509Certificate2 certificate)
    {
        certificate.Dispose();
        return certificate;
    }

    private static Action Times(int count, Func<object> operation) => () =>
    {
        for (var i = 0; i < count; i++)
            Sink.Take(operation());
    };

    private static Action Times(int count, Action operation) => () =>
    {
        for (var i = 0; i < count; i++)
            operation();
    };
}
