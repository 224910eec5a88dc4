using System.Security.Cryptography;
using System.Text.Json;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Keys;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Cli.Homes;

/// <summary>Is what an authority gives to others so that they know and reach it: a file of certificates without any secret.</summary>
/// <remarks>Whoever takes a card trusts it: it must come by a way that nobody can change, or its fingerprint must be compared.</remarks>
internal sealed record PartyCard
{
    /// <summary>Gets the version of the file.</summary>
    public required int Version { get; init; }

    /// <summary>Gets <see cref="HomeKind.Cma"/> or <see cref="HomeKind.Tlcma"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the subtrees of names that a CMA serves.</summary>
    public IReadOnlyList<string> Domain { get; init => field = value ?? []; } = [];

    /// <summary>Gets the route by which it is reached, such as HOST:PORT; whoever knows a better one keeps his own.</summary>
    public required string Address { get; init; }

    /// <summary>Gets the CMA or TLCMA certificate as PEM.</summary>
    public required string Certificate { get; init; }

    /// <summary>Gets the certificate of the authority that certifies its authentication keys as PEM.</summary>
    public required string Authority { get; init; }

    /// <summary>Gets the certificate that keys for it are sealed to as PEM.</summary>
    public required string Encryption { get; init; }

    /// <summary>Gets the certificate of the TLCMA as PEM where it has one: what later certificates of the CMA lead to.</summary>
    public string? Anchor { get; init; }

    /// <summary>Reads a card and checks that it belongs together.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it must be of; null for anything.</param>
    /// <exception cref="CommandException">It is not there or no such card.</exception>
    public static PartyCard Read(string path, string? kind = null) => HomeFiles.ReadJson(path, HomeJson.Default.PartyCard).Checked(path, kind);

    /// <summary>Reads a card that was read before, and checks that it belongs together.</summary>
    /// <param name="place">Where from, for messages.</param>
    /// <param name="json">The octets.</param>
    /// <exception cref="CommandException">It is none.</exception>
    public static PartyCard Parse(string place, byte[] json) => HomeFiles.Parse(place, json, HomeJson.Default.PartyCard).Checked(place);

    /// <summary>Checks that a card belongs together, and asks for nothing of the machine that takes it.</summary>
    /// <param name="path">The file that it is in, for messages.</param>
    /// <param name="kind">What it must be of; null for anything.</param>
    /// <returns>The card with its names as they are written here and not as somebody else wrote them, since they go to terminals and logs.</returns>
    /// <exception cref="CommandException">It cannot be used.</exception>
    public PartyCard Checked(string path, string? kind = null)
    {
        if (Version != HomeConfiguration.CurrentVersion || (kind is not null ? Kind != kind : Kind is not (HomeKind.Cma or HomeKind.Tlcma)))
        {
            throw CommandException.Usage($"{path} is no card of a {(kind ?? "party").ToUpperInvariant()} of version {HomeConfiguration.CurrentVersion}.");
        }

        Check(path);
        return this with { Name = ToName().ToString(), Domain = [.. Domain.Select(domain => DistinguishedName.Parse(domain).ToString())] };
    }

    /// <summary>Tells whether a route holds for others, too. What stands behind its question mark are files and variables of one machine, such as those with its passwords.</summary>
    /// <param name="route">The route.</param>
    public static bool IsForOthers(string route) => route.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !route.Contains('?', StringComparison.Ordinal);

    /// <summary>Reads the name.</summary>
    public DistinguishedName ToName() => DistinguishedName.Parse(Name);

    /// <summary>Reads the domain.</summary>
    public DomainRule ToDomain() => new(Domain.Select(DistinguishedName.Parse));

    /// <summary>Reads one of the certificates.</summary>
    /// <param name="pem">Its PEM.</param>
    public static Certificate ToCertificate(string pem) => CkiSdk.Pki.Certificates.Certificate.FromPem(pem);

    /// <summary>Writes the card.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, HomeJson.Default.PartyCard) + "\n";

    /// <summary>Replaces the certificates of authorities that were made anew for the same keys.</summary>
    /// <param name="sent">What came along with CRLs.</param>
    /// <param name="provider">What verifies.</param>
    /// <param name="now">The present.</param>
    /// <returns>The card, equal to this one where nothing follows.</returns>
    public PartyCard Renew(IReadOnlyList<Certificate> sent, CryptoProvider provider, DateTimeOffset now)
    {
        return this with { Authority = Follow(Authority)!, Anchor = Follow(Anchor), Certificate = Kind == HomeKind.Tlcma ? Follow(Certificate)! : Certificate };

        string? Follow(string? pinned) => pinned is not null && RenewedCertificates.Find(ToCertificate(pinned), sent, provider, now) is { } next ? next.ToPem() : pinned;
    }

    private void Check(string path)
    {
        // Else whoever writes cards could have a password, or any other first line of a file, sent to a server of his.
        if (!IsForOthers(Address))
        {
            throw CommandException.Usage($"{path} cannot be used: its address names files or variables of this machine, which are no business of a card. Ask for a card without them; what is needed here stands in --route.");
        }

        try
        {
            using var loads = ToCertificate(Authority).ToX509Certificate2();
            if (FindFault() is { } fault)
            {
                throw CommandException.Usage($"{path} cannot be used: {fault}.");
            }
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or CryptographicException)
        {
            throw CommandException.Usage($"{path} cannot be used: {exception.Message}", exception);
        }
    }

    // A card that was taken is read again whenever its taker starts: what would stop him there is found out here.
    private string? FindFault()
    {
        var (name, certificate, authority, encryption, anchor) = (ToName(), ToCertificate(Certificate), ToCertificate(Authority), ToCertificate(Encryption), Anchor is null ? null : ToCertificate(Anchor));
        return !certificate.Subject.Equals(name) || !encryption.Subject.Equals(name) ? $"its certificates are not those of {name}"
            : Kind == HomeKind.Cma && !ToDomain().Admits(name) ? $"its domain does not hold {name}"
            : !certificate.IsAuthority ? $"its certificate of {name} is not that of an authority"
            : !authority.IsAuthority || !authority.IsSelfIssued ? $"the certificate of {authority.Subject} that it names as the authority is not one that an authority has signed for itself"
            : anchor is not null && !(anchor.IsAuthority && anchor.IsSelfIssued) ? $"the certificate of {anchor.Subject} that it names as the anchor is not one that an authority has signed for itself"
            : !CertificateRules.CanReceiveKeys(encryption) ? $"the certificate that keys for {name} are sealed to is not made for receiving keys"
            : KeyDescription.Of(encryption.SubjectPublicKeyInfo).Finding is { } finding ? $"the certificate that keys for {name} are sealed to cannot be used: {finding.Reason}"
            : null;
    }
}
