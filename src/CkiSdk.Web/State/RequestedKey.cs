using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Names;

namespace CkiSdk.Web.State;

/// <summary>Is a key that a request for recovery asks for.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Usage">What it is for.</param>
/// <param name="Begin">The begin of its certificate; null where the request does not say it.</param>
/// <param name="End">The end of its certificate; null where the request does not say it.</param>
internal sealed record RequestedKey(string Subject, string Usage, DateTimeOffset? Begin, DateTimeOffset? End)
{
    /// <summary>Reads what a request asks for.</summary>
    /// <param name="body">The DER of its body.</param>
    public static IReadOnlyList<RequestedKey> Of(ReadOnlyMemory<byte> body) => PKIBody.Decode(body) is PKIBody.Krr { Value.FullCertTemplates.Value: { } templates }
        ? [.. templates.Select(template => Of(template.CertTemplate))]
        : [];

    private static RequestedKey Of(CertTemplate template) => new(
        template.Subject is { } subject ? DistinguishedName.From(subject).ToString() : "not said",
        UsageOf(template),
        template.Validity?.NotBefore?.ToDateTimeOffset(),
        template.Validity?.NotAfter?.ToDateTimeOffset());

    private static string UsageOf(CertTemplate template)
    {
        var extension = template.Extensions?.Value.FirstOrDefault(extension => extension.ExtnId == CertificateExtensionsValues.IdCeKeyUsage);
        return extension is null || !KeyUsage.TryDecode(extension.ExtnValue.Memory, out var usage) ? "not said"
            : usage == (KeyUsage.KeyAgreement | KeyUsage.EncipherOnly) ? "send"
            : usage == (KeyUsage.KeyAgreement | KeyUsage.DecipherOnly) ? "receive"
            : "another";
    }
}
