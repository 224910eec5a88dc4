using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.DirectoryAbstractService;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using CkiSdk.Pki.Paths;
using CkiSdk.Protocol.Messages;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Binding;

/// <summary>Checks the credentials of a bind (profile section 6). Nobody is told which check failed.</summary>
internal sealed class TokenCheck(DistinguishedName me, IReadOnlyList<Certificate> anchors, TimeSpan tolerance, CryptoProvider provider, TimeProvider time)
{
    private readonly PathValidator _paths = new(TrustAnchor.Of(anchors), provider);

    /// <summary>Checks the message of a bind with its credentials.</summary>
    /// <param name="message">The message.</param>
    /// <param name="credentials">Its credentials.</param>
    /// <param name="channel">The connection that it came over.</param>
    /// <param name="response">What the token must answer; null where it must answer nothing.</param>
    /// <returns>The token; null where anything is wrong.</returns>
    public BindToken? Check(PKIMessage message, Credentials credentials, BindChannel channel, BitString? response)
    {
        try
        {
            return CheckCredentials(message, credentials, channel, response);
        }
        catch (DerException)
        {
            // The extensions of a certificate are decoded when somebody looks at them.
            return null;
        }
    }

    private BindToken? CheckCredentials(PKIMessage message, Credentials credentials, BindChannel channel, BitString? response)
    {
        if (credentials is not Credentials.Strong { Value: { CertificationPath: { } path } strong })
        {
            return null;
        }

        var (token, content) = (strong.BindToken, strong.BindToken.ToBeSigned);
        var signer = Certificate.From(path.UserCertificate);
        var now = time.GetUtcNow();
        var made = content.Time.ToDateTimeOffset();
        return !signer.Subject.Equals(me)
            && (strong.Name is not { } name || NameOf(name).Equals(signer.Subject))
            && NameOf(content.Name).Equals(me)
            && (made - now).Duration() <= tolerance
            && IsOf(content.Random, channel)
            && content.Response == response
            && HeaderFits(message, signer.Subject, content.Random)
            && IsTrusted(signer, path, now)
            && IsSigned(token, signer)
            ? new BindToken(signer, content.Random, made)
            : null;
    }

    private static DistinguishedName NameOf(RDNSequence name) => DistinguishedName.From(new Name.RdnSequence(name));

    private static bool IsOf(BitString random, BindChannel channel) =>
        random.UnusedBits == 0
        && random.Octets.Length == MessageWriter.NonceLength + channel.Hash.Length
        && random.Octets.Span[MessageWriter.NonceLength..].SequenceEqual(channel.Hash.Span);

    private bool HeaderFits(PKIMessage message, DistinguishedName signer, BitString random)
    {
        var header = message.Header;
        return message.Protection is null
            && header.ProtectionAlg is null
            && MessageReader.Is(header.Sender, signer)
            && MessageReader.Is(header.Recipient, me)
            && header.TransactionID is { Length: MessageWriter.NonceLength }
            && header.SenderNonce is { } nonce && nonce.Span.SequenceEqual(random.Octets.Span[..MessageWriter.NonceLength]);
    }

    private bool IsTrusted(Certificate signer, CertificationPath path, DateTimeOffset now)
    {
        var others = (path.TheCACertificates ?? default(SequenceOf<CertificatePair>)).Select(pair => pair.Forward).OfType<Asn1.Modules.AuthenticationFramework.Certificate>().Select(Certificate.From);
        return BindIdentity.MaySign(signer) && _paths.Validate(signer, [.. others], new PathOptions { Time = now }).IsValid;
    }

    private bool IsSigned(Token token, Certificate signer) =>
        token.AlgorithmIdentifier == token.ToBeSigned.Algorithm
        && SignatureIdentifiers.TryFind(token.AlgorithmIdentifier, out var algorithm)
        && token.Encrypted.UnusedBits == 0
        && provider.PublicKeys.Verify(signer.SubjectPublicKeyInfo.Span, algorithm, token.ToBeSignedEncoded.Span, token.Encrypted.Octets.Span);
}
