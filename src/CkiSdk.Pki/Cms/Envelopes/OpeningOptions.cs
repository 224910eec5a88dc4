using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CryptographicMessageSyntax2004;

namespace CkiSdk.Pki.Cms.Envelopes;

/// <summary>Says what is known of an encrypted message before it is read.</summary>
public sealed record OpeningOptions
{
    /// <summary>
    /// Gets what makes the authenticated attributes that the message must have, from its content type and its recipients in their order; <see langword="null"/> for any attributes.
    /// They stand behind the content but are needed before it: where they are not known, a message is read twice, or must have none, or contentType alone.
    /// </summary>
    public Func<ObjectIdentifier, IReadOnlyList<RecipientInfo>, AuthAttributes?>? RequiredAttributes { get; init; }

    /// <summary>Gets whether only authenticated contents (AuthEnvelopedData) are opened.</summary>
    public bool RequireAuthentication { get; init; }

    /// <summary>Gets how large the parts around the content may be.</summary>
    public DerLimits Limits { get; init; } = DerLimits.Default;
}
