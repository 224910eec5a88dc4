using System.Security.Cryptography;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS8;

namespace CkiSdk.Crypto.Software;

/// <summary>Is what binds an RSA key to RSASSA-PSS (RFC 4055 §1.2, §3.1): its algorithm identifier, with or without parameters.</summary>
internal sealed class RsaPssBinding
{
    private static readonly AlgorithmIdentifier RsaEncryption =
        new() { Algorithm = ObjectIdentifier.Parse(SubjectPublicKeys.RsaEncryption), Parameters = AnyValue.Null };

    private readonly AlgorithmIdentifier _identifier;

    private RsaPssBinding(AlgorithmIdentifier identifier, RsaPssParameters? bound)
    {
        _identifier = identifier;
        Bound = bound;
        Algorithms = [.. SignatureAlgorithms.OfVerifier(KeyKind.RsaPss, LegacyAlgorithms.None).Where(Permits)];
    }

    /// <summary>Gets the parameters that signatures must have; <see langword="null"/> if the key names none.</summary>
    public RsaPssParameters? Bound { get; }

    /// <summary>Gets the algorithms of the profile that the binding permits.</summary>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; }

    /// <summary>Reads a binding; <see langword="null"/> if it names functions outside the profile.</summary>
    public static RsaPssBinding? Read(AlgorithmIdentifier identifier)
    {
        if (identifier.Parameters is not { } parameters)
            return new RsaPssBinding(identifier, bound: null);
        return RsaPssParametersReader.Read(parameters.Encoded) is { } bound ? new RsaPssBinding(identifier, bound) : null;
    }

    /// <summary>Gives the same private key as rsaEncryption, which is what the framework imports.</summary>
    public static Secret Unbind(PrivateKeyInfo key) => Take((key with { PrivateKeyAlgorithm = RsaEncryption }).Encode());

    /// <summary>Gives the same public key as rsaEncryption.</summary>
    public static byte[] Unbind(SubjectPublicKeyInfo key) => (key with { Algorithm = RsaEncryption }).Encode();

    /// <summary>Tells whether signatures may have some parameters. The key's salt length is the least that a signature may have (RFC 4055 §3.3).</summary>
    public bool Permits(RsaPssParameters parameters) =>
        Bound is null || (parameters.Hash == Bound.Hash && parameters.MaskHash == Bound.MaskHash && parameters.SaltLength >= Bound.SaltLength);

    /// <summary>Gives the private key with the binding.</summary>
    public Secret Bind(Secret pkcs8) => Take((PrivateKeyInfo.Decode(pkcs8.Memory) with { PrivateKeyAlgorithm = _identifier }).Encode());

    /// <summary>Gives the public key with the binding.</summary>
    public ReadOnlyMemory<byte> Bind(ReadOnlyMemory<byte> subjectPublicKeyInfo) => (SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo) with { Algorithm = _identifier }).Encode();

    private bool Permits(SignatureAlgorithm algorithm) => SignatureAlgorithms.PssOf(algorithm) is { } parameters && Permits(parameters);

    private static Secret Take(byte[] der)
    {
        var secret = Secret.From(der);
        CryptographicOperations.ZeroMemory(der);
        return secret;
    }
}
