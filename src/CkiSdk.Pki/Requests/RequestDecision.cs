using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Requests;

/// <summary>Is what an authority makes of a request: the template of the certificate, and what was asked for in vain.</summary>
/// <remarks>Of a request only the subject, the key, and the names in subjectAltName that belong into the profile are honoured; nothing that widens what a certificate is good for.</remarks>
public sealed class RequestDecision
{
    private RequestDecision(CertificateTemplate template, IReadOnlyList<string> ignored) => (Template, Ignored) = (template, ignored);

    /// <summary>Gets the template.</summary>
    public CertificateTemplate Template { get; }

    /// <summary>Gets the names and extensions that were asked for and are not in the template, in words.</summary>
    public IReadOnlyList<string> Ignored { get; }

    /// <summary>Decides on a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="profile">What the authority issues.</param>
    /// <param name="notBefore">The first moment of validity.</param>
    /// <param name="notAfter">The last moment of validity.</param>
    /// <param name="provider">What verifies that the requester holds the key.</param>
    /// <param name="legacyAlgorithms">The old algorithms that a request may be signed with.</param>
    /// <param name="details">Makes what is in the certificate besides; it is given what the request says of subject, key and names.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="CertificateRefusedException">The request was not signed by its key.</exception>
    public static RequestDecision Make(
        CertificationRequest request,
        IssuanceProfile profile,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        CryptoProvider provider,
        LegacyAlgorithms legacyAlgorithms = LegacyAlgorithms.None,
        Func<IssuanceDetails, IssuanceDetails>? details = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(profile);
        if (!request.ProvesPossession(provider, legacyAlgorithms))
            throw new CertificateRefusedException([new LintFinding("RFC 2986 §3", "the request was not signed by its own key, or by an algorithm that is not accepted")]);
        var ignored = new List<string>();
        var asked = new IssuanceDetails
        {
            Subject = request.Subject,
            SubjectPublicKeyInfo = request.SubjectPublicKeyInfo,
            NotBefore = notBefore,
            NotAfter = notAfter,
            AlternativeNames = Choose(request, profile, ignored),
        };
        return new RequestDecision(profile.Make(details?.Invoke(asked) ?? asked), ignored);
    }

    private static List<GeneralName> Choose(CertificationRequest request, IssuanceProfile profile, List<string> ignored)
    {
        var chosen = new List<GeneralName>();
        foreach (var extension in request.RequestedExtensions)
        {
            if (extension.ExtnId != CertificateExtensionsValues.IdCeSubjectAltName)
            {
                ignored.Add($"extension {extension.ExtnId}");
                continue;
            }

            foreach (var name in GeneralNames.Decode(extension.ExtnValue.Memory))
            {
                if (profile.Admits(name))
                    chosen.Add(name);
                else
                    ignored.Add($"a name of the form {name.GetType().Name} in subjectAltName");
            }
        }

        return chosen;
    }
}
