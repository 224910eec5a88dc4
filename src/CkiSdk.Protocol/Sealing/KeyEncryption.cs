using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CKIAlgorithms;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;
using CkiSdk.Crypto;
using CkiSdk.Pki.Cms.Envelopes;
using CkiSdk.Protocol.Derivation;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Is how one scheme names and derives the key that wraps the key of a content.</summary>
internal abstract class KeyEncryption
{
    /// <summary>The length of the user keying material of each recipient in octets.</summary>
    public const int KeyingMaterialLength = 64;

    /// <summary>Gets the algorithm of the recipients' parts.</summary>
    public abstract AlgorithmIdentifier Algorithm { get; }

    /// <summary>Gets whether the message authenticates attributes.</summary>
    public abstract bool HasAttributes { get; }

    protected static AlgorithmIdentifier Wrap { get; } = new() { Algorithm = CKIAlgorithmsValues.IdAes256Wrap };

    /// <summary>Gives the key encryption of a scheme.</summary>
    public static KeyEncryption Of(SealingScheme scheme) => scheme switch
    {
        SealingScheme.TokenKey => new TokenKeyEncryption(),
        SealingScheme.OpenSsl => new OpenSslKeyEncryption(),
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };

    /// <summary>Names the originator in a recipient's part.</summary>
    /// <param name="send">The send certificate.</param>
    /// <param name="publicValue">Its y, padded to the length of p.</param>
    public abstract OriginatorIdentifierOrKey Originator(Certificate send, ReadOnlySpan<byte> publicValue);

    /// <summary>Derives the wrapping key.</summary>
    /// <param name="shared">Z, padded to the length of p.</param>
    /// <param name="keyingMaterial">The user keying material.</param>
    /// <param name="send">The send certificate.</param>
    /// <param name="receive">The receive certificate.</param>
    public abstract Secret Derive(Secret shared, ReadOnlyMemory<byte> keyingMaterial, Certificate send, Certificate receive);

    private sealed class TokenKeyEncryption : KeyEncryption
    {
        public override AlgorithmIdentifier Algorithm { get; } = new() { Algorithm = CKIProfileValues.IdCkiAlgTokenKey, Parameters = AnyValue.From(Wrap) };

        public override bool HasAttributes => true;

        public override OriginatorIdentifierOrKey Originator(Certificate send, ReadOnlySpan<byte> publicValue) =>
            new OriginatorIdentifierOrKey.IssuerAndSerialNumber(CertificateNames.Of(send));

        public override Secret Derive(Secret shared, ReadOnlyMemory<byte> keyingMaterial, Certificate send, Certificate receive) =>
            KeyDerivation.TokenKey(shared, keyingMaterial, send.Sha256(), receive.Sha256(), CKIAlgorithmsValues.IdAes256Wrap);
    }

    private sealed class OpenSslKeyEncryption : KeyEncryption
    {
        public override AlgorithmIdentifier Algorithm => DhKeys.Agreement;

        public override bool HasAttributes => false;

        public override OriginatorIdentifierOrKey Originator(Certificate send, ReadOnlySpan<byte> publicValue) => DhKeys.Originator(publicValue);

        public override Secret Derive(Secret shared, ReadOnlyMemory<byte> keyingMaterial, Certificate send, Certificate receive) =>
            DhKeys.Derive(shared, Wrap, keyingMaterial);
    }
}
