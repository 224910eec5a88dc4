using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Pki.Names;
using Attribute = CkiSdk.Asn1.Modules.InformationFramework.Attribute;

namespace CkiSdk.Pki.Requests;

/// <summary>Says what a certification request shall ask for.</summary>
public sealed record RequestTemplate
{
    /// <summary>Gets the wanted subject.</summary>
    public required DistinguishedName Subject { get; init; }

    /// <summary>Gets the wanted extensions (extensionRequest, RFC 2985 §5.4.2).</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>Gets the password by which revocation may be asked for, or <see langword="null"/> for none (challengePassword, RFC 2985 §5.4.1). Everybody can read it.</summary>
    public string? ChallengePassword { get; init; }

    /// <summary>Gets further attributes.</summary>
    public IReadOnlyList<Attribute> OtherAttributes { get; init; } = [];
}
