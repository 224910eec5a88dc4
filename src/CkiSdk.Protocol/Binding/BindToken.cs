using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.DirectoryAbstractService;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using Certificate = CkiSdk.Pki.Certificates.Certificate;
using GeneratedCertificate = CkiSdk.Asn1.Modules.AuthenticationFramework.Certificate;

namespace CkiSdk.Protocol.Binding;

/// <summary>Is a token that was checked.</summary>
/// <param name="Signer">The certificate of who signed it.</param>
/// <param name="Random">Its whole random.</param>
/// <param name="Time">When it was made.</param>
internal sealed record BindToken(Certificate Signer, BitString Random, DateTimeOffset Time)
{
    /// <summary>Gets the part of the random that the nonces count on from.</summary>
    public ReadOnlyMemory<byte> First => Random.Octets[..MessageWriter.NonceLength];

    /// <summary>Makes the random of a token: 16 random octets, and over TLS the hash of the server's certificate (profile section 6).</summary>
    public static BitString NewRandom(BindChannel channel, CryptoProvider provider) =>
        new((byte[])[.. provider.Random.Octets(MessageWriter.NonceLength), .. channel.Hash.Span]);

    /// <summary>Makes strong credentials (X.511 8.1.1).</summary>
    /// <param name="identity">Who makes them.</param>
    /// <param name="recipient">For whom.</param>
    /// <param name="random">The random of the token.</param>
    /// <param name="response">The random of the token that is answered; null for none.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    public static async ValueTask<Credentials> SignAsync(
        BindIdentity identity, DistinguishedName recipient, BitString random, BitString? response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var algorithm = identity.Key.Algorithms[0];
        var identifier = SignatureIdentifiers.Of(algorithm);
        var content = new TokenToBeSigned { Algorithm = identifier, Name = NameOf(recipient), Time = UtcTime.From(now), Random = random, Response = response };
        var signature = await identity.Key.SignAsync(algorithm, content.Encode(), cancellationToken).ConfigureAwait(false);
        return new Credentials.Strong(new StrongCredentials
        {
            CertificationPath = PathOf(identity),
            BindToken = new Token { ToBeSigned = content, AlgorithmIdentifier = identifier, Encrypted = new BitString(signature) },
        });
    }

    /// <summary>Makes the credentials of a refusal: the own name only, without a token (profile section 4).</summary>
    public static Credentials NameOnly(DistinguishedName me) => new Credentials.Simple(new SimpleCredentials { Name = NameOf(me) });

    private static RDNSequence NameOf(DistinguishedName name) => ((Name.RdnSequence)name.Name).Value;

    private static CertificationPath PathOf(BindIdentity identity) => new()
    {
        UserCertificate = identity.Certificate.Value,
        TheCACertificates = identity.Intermediates.Count == 0
            ? default(SequenceOf<CertificatePair>?)
            : (SequenceOf<CertificatePair>)identity.Intermediates.Select(certificate => new CertificatePair { Forward = (GeneratedCertificate?)certificate.Value }).ToArray(),
    };
}
