using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Asn1.Modules.CKIProfile;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Issuing;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.CmaExchanges;

/// <summary>Recreates the private key of one certificate from what a template says of it (CKI Part 2 ¶122–123; profile section 1): one dated key, not the user's life.</summary>
internal sealed class RecoverableKeys(CmaContext cma, CertificateIssuer issuer)
{
    private const string Invalid = "CKI Part 2 ¶122, ¶127 b";

    /// <summary>Requires the four fields that every template must have.</summary>
    public static Rejection? Check(CertTemplate template)
    {
        if (template.Subject is null)
        {
            return Missing("subject");
        }

        if (template.Validity is not { NotBefore: not null, NotAfter: not null })
        {
            return Missing("validity");
        }

        return IdentifierOf(template) is null ? Missing("extensions.subjectKeyIdentifier")
            : UsageOf(template) is null ? Missing("extensions.keyUsage")
            : null;
    }

    /// <summary>Recreates the key and seals it.</summary>
    /// <returns>Why there is none, or the key with the certificate if this CMA has issued it.</returns>
    public async ValueTask<(Rejection? Rejection, CertifiedKeyPair? Pair)> RecreateAsync(CertTemplate template, Certificate recipient, CancellationToken cancellationToken)
    {
        var user = DistinguishedName.From(template.Subject!);
        var identifier = IdentifierOf(template)!.Value;
        var usage = UsageOf(template)!.Value;
        if (!SeedKeyIdentifier.TryDecode(identifier.Memory, out var seed))
        {
            return NoKey($"the identifier of {user} is no seed key identifier");
        }

        var reference = Convert.ToHexStringLower(seed.IkReference.Value.Span);
        var keys = await cma.Store.ListInteroperabilityKeysAsync(cancellationToken).ConfigureAwait(false);
        var named = keys.Where(key => key.MyReference == reference || key.YourReference == reference).ToArray();
        if (named.Length == 0)
        {
            return NoKey($"no interoperability key with the reference in the identifier of {user} was ever here");
        }

        var (start, end) = (template.Validity!.NotBefore!.Value.ToDateTimeOffset(), template.Validity.NotAfter!.Value.ToDateTimeOffset());
        var issued = await FindAsync(user, usage, start, end, identifier, cancellationToken).ConfigureAwait(false);
        if (GroupOf(template, issued) is not { } group)
        {
            return (new Rejection(PKIFailureInfo.InvalidRequestParameters, "publicKey", $"it is missing or of no configured group, and no certificate of {user} with these dates is stored", "CKI Part 2 ¶122, ¶127 b, profile section 1", "Send publicKey, too."), null);
        }

        var name = issued?.Subject ?? user;
        var description = new DatedKeyDescription(usage, group, start, end, name.Name, identifier.Memory);
        var expected = template.PublicKey?.Encode() ?? issued!.SubjectPublicKeyInfo.ToArray();
        foreach (var key in named)
        {
            // The other side chooses its references: one may be the same as a reference of this CMA for another key.
            using var exponent = await issuer.ExponentAsync(key, description, cancellationToken).ConfigureAwait(false);
            if (DhPublicKeys.Encode(group, cma.Party.Provider.DiffieHellman.PublicValue(group, exponent)).AsSpan().SequenceEqual(expected))
            {
                var value = await PrivateKeyEnvelope.SealAsync(group, exponent, recipient, cma.Party.Provider, cancellationToken).ConfigureAwait(false);
                return (null, new CertifiedKeyPair { Certificate = issued?.Value, PrivateKey = value });
            }
        }

        return NoKey($"the key recreated for {user} is not the certified one");
    }

    private async ValueTask<Certificate?> FindAsync(
        DistinguishedName user, DatedKeyUsage usage, DateTimeOffset start, DateTimeOffset end, OctetString identifier, CancellationToken cancellationToken)
    {
        var word = usage == DatedKeyUsage.Send ? IssuedCertificate.Send : IssuedCertificate.Receive;
        var issued = await cma.Store.ListAllCertificatesAsync(user.Canonical, word, cancellationToken).ConfigureAwait(false);
        return issued.Select(found => Certificate.Decode(found.Encoded))
            .FirstOrDefault(found => found.NotBefore == start && found.NotAfter == end && found.SubjectKeyIdentifier == identifier);
    }

    private DhGroup? GroupOf(CertTemplate template, Certificate? issued)
    {
        var spki = template.PublicKey?.Encode() ?? issued?.SubjectPublicKeyInfo.ToArray();
        return spki is not null && DhPublicKeys.TryDecode(spki, cma.Options.Groups, out var group, out _) ? group : null;
    }

    private static DatedKeyUsage? UsageOf(CertTemplate template) =>
        Extension(template, CertificateExtensionsValues.IdCeKeyUsage) is { } extension && KeyUsage.TryDecode(extension.ExtnValue.Memory, out var usage)
            ? usage == (KeyUsage.KeyAgreement | KeyUsage.EncipherOnly) ? DatedKeyUsage.Send
                : usage == (KeyUsage.KeyAgreement | KeyUsage.DecipherOnly) ? DatedKeyUsage.Receive
                : null
            : null;

    private static OctetString? IdentifierOf(CertTemplate template) =>
        Extension(template, CertificateExtensionsValues.IdCeSubjectKeyIdentifier) is { } extension && KeyIdentifier.TryDecode(extension.ExtnValue.Memory, out var identifier)
            ? identifier.Value
            : default(OctetString?);

    private static Extension? Extension(CertTemplate template, ObjectIdentifier type) =>
        template.Extensions?.Value.FirstOrDefault(extension => extension.ExtnId == type);

    private static Rejection Missing(string field) =>
        new(PKIFailureInfo.InvalidRequestParameters, $"certTemplate.{field}", "it is missing, or not that of a send or receive certificate", Invalid, "Copy subject, validity, subjectKeyIdentifier and keyUsage from the certificate.");

    private static (Rejection? Rejection, CertifiedKeyPair? Pair) NoKey(string value) =>
        (new Rejection(PKIFailureInfo.NoKeyAvailable, "certTemplate", value, "CKI Part 2 ¶127 c", "Check the certificate that the request was made from."), null);
}
