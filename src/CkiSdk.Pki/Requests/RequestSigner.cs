using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.PKCS9;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using Attribute = CkiSdk.Asn1.Modules.InformationFramework.Attribute;
using Generated = CkiSdk.Asn1.Modules.PKCS10;

namespace CkiSdk.Pki.Requests;

/// <summary>Signs certification requests (RFC 2986).</summary>
public static class RequestSigner
{
    /// <summary>Signs a request.</summary>
    /// <param name="template">What it shall ask for.</param>
    /// <param name="key">The key to be certified.</param>
    /// <param name="algorithm">One of the key's algorithms; <see langword="null"/> for its default: PSS for RSA.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The request.</returns>
    /// <exception cref="CryptoProviderException">The key cannot do the algorithm, or the device failed.</exception>
    public static async ValueTask<CertificationRequest> SignAsync(
        RequestTemplate template, ISigningKey key, SignatureAlgorithm? algorithm = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(key);
        var chosen = algorithm ?? key.DefaultAlgorithm();
        var content = new Generated.CertificationRequestInfo
        {
            Version = Generated.CertificationRequestInfoVersion.V1,
            Subject = template.Subject.Name,
            SubjectPKInfo = SubjectPublicKeyInfo.Decode(key.SubjectPublicKeyInfo),
            Attributes = new Generated.Attributes((SetOf<Attribute>)AttributesOf(template)),
        };
        var octets = content.Encode();
        var signature = await key.SignAsync(chosen, octets, cancellationToken).ConfigureAwait(false);
        var value = new Generated.CertificationRequest
        {
            ToBeSigned = Generated.CertificationRequestInfo.Decode(octets),
            AlgorithmIdentifier = SignatureIdentifiers.Of(chosen),
            Encrypted = new BitString(signature),
        };
        return CertificationRequest.Decode(value.Encode());
    }

    private static Attribute[] AttributesOf(RequestTemplate template)
    {
        var attributes = new List<Attribute>(template.OtherAttributes);
        if (template.ChallengePassword is { } password)
            attributes.Add(Make(PKCS9Values.Pkcs9AtChallengePassword, AttributeText.Write(PKCS9Values.Pkcs9AtChallengePassword, password)));
        if (template.Extensions.Count > 0)
            attributes.Add(Make(PKCS9Values.Pkcs9AtExtensionRequest, AnyValue.From(new Extensions((SequenceOf<Extension>)[.. template.Extensions]))));
        return [.. attributes.OrderBy(attribute => attribute.Encode(), Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];
    }

    private static Attribute Make(ObjectIdentifier type, AnyValue value) => new() { Type = type, Values = (SetOf<AnyValue>)[value] };
}
