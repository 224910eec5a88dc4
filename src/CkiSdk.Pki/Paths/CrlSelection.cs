using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Paths;

/// <summary>Chooses the lists that speak of a certificate (RFC 5280 §6.3.3 (a) to (c)).</summary>
internal sealed class CrlSelection
{
    private readonly PathOptions _options;
    private readonly List<RevocationList> _complete;
    private readonly List<RevocationList> _deltas;

    public CrlSelection(PathOptions options)
    {
        _options = options;
        _complete = [.. options.RevocationLists.Where(list => list.BaseNumber is null).OrderByDescending(list => list.IssuedAt)];
        _deltas = [.. options.RevocationLists.Where(list => list.BaseNumber is not null).OrderBy(list => list.IssuedAt)];
    }

    /// <summary>Finds the complete lists for a distribution point; null stands for the certificate's issuer, with all reasons.</summary>
    public IEnumerable<RevocationList> CompleteFor(Certificate certificate, DistributionPoint? point) =>
        _complete.Where(list => IsOfIssuer(list, certificate, point) && IsInScope(list, certificate, point));

    /// <summary>Finds the deltas of a complete list in the order in which they were issued (c).</summary>
    public IEnumerable<RevocationList> DeltasOf(RevocationList complete) => _deltas.Where(delta =>
        delta.Issuer.Equals(complete.Issuer)
        && complete.Number is { } number
        && delta.BaseNumber <= number
        && delta.Number >= number
        && delta.AuthorityKeyIdentifier == complete.AuthorityKeyIdentifier
        && EncodingOf(delta).Span.SequenceEqual(EncodingOf(complete).Span)
        && FindFault(delta) is null);

    /// <summary>Finds why a list may not be used at the moment; null if it may.</summary>
    public string? FindFault(RevocationList list)
    {
        if (list.Content.HasUnknownCritical || list.HasUnknownCriticalEntryExtension)
            return "the revocation list has a critical extension that is not known here";
        if (list.IssuedAt > _options.Time)
            return "the revocation list is not valid yet";
        if (list.NextIssueAt is not { } next)
            return "the revocation list does not say when it ends";
        if (_options.Time - next >= TimeSpan.FromSeconds(1))
            return $"the revocation list ended at {next:u}";
        var isTls = _options.Purpose is { IsTls: true } || _options.Name is { IsServer: true };
        if (!isTls || _options.Permissions.HasFlag(PathPermissions.LooseProfile))
            return null;
        var isServer = _options.Purpose is null || _options.Purpose == KeyPurpose.TlsServer;
        return CrlRules.FindFault(list) ?? (isServer ? CrlRules.FindWebPkiFault(list) : null);
    }

    // (b)(1): the list's issuer is the one that the point names, and then the list is indirect; else it is the certificate's.
    private static bool IsOfIssuer(RevocationList list, Certificate certificate, DistributionPoint? point)
    {
        if (point?.CRLIssuer is not { } issuers)
            return list.Issuer.Equals(certificate.Issuer);
        return list.DistributionPoint is { IndirectCRL: true } && DirectoryNames(issuers).Any(list.Issuer.Equals);
    }

    // (b)(2): what the list says it covers.
    private static bool IsInScope(RevocationList list, Certificate certificate, DistributionPoint? point)
    {
        if (list.DistributionPoint is not { } scope)
            return true;
        if (scope.OnlyContainsAttributeCerts || (scope.OnlyContainsUserCerts && certificate.IsAuthority) || (scope.OnlyContainsCACerts && !certificate.IsAuthority))
            return false;
        if (scope.DistributionPoint is not { } name)
            return true;
        var offered = NamesOf(name, list.Issuer);
        var wanted = point switch
        {
            null => [NameKey(certificate.Issuer)],
            { DistributionPoint_: { } own } => NamesOf(own, point.CRLIssuer is { } issuers ? DirectoryNames(issuers).First() : certificate.Issuer),
            _ => point.CRLIssuer is { } issuers ? DirectoryNames(issuers).Select(NameKey).ToHashSet() : [],
        };
        return offered.Overlaps(wanted);
    }

    private static HashSet<string> NamesOf(DistributionPointName name, DistinguishedName issuer) => name switch
    {
        DistributionPointName.FullName full => [.. full.Value.Value.Select(KeyOf)],
        DistributionPointName.NameRelativeToCRLIssuer relative => [NameKey(Below(issuer, relative.Value))],
        _ => [],
    };

    private static DistinguishedName Below(DistinguishedName issuer, RelativeDistinguishedName relative) =>
        DistinguishedName.From(new Name.RdnSequence((Asn1.SequenceOf<RelativeDistinguishedName>)[.. ((Name.RdnSequence)issuer.Name).Value.Value, relative]));

    private static string KeyOf(GeneralName name) => name is GeneralName.DirectoryName directory
        ? NameKey(DistinguishedName.From(directory.Value))
        : Convert.ToHexString(Asn1.Der.Encode(name));

    private static string NameKey(DistinguishedName name) => "=" + name.Canonical;

    private static IEnumerable<DistinguishedName> DirectoryNames(GeneralNames names) =>
        names.Value.OfType<GeneralName.DirectoryName>().Select(name => DistinguishedName.From(name.Value));

    private static ReadOnlyMemory<byte> EncodingOf(RevocationList list) =>
        list.Content.Find(CertificateExtensionsValues.IdCeIssuingDistributionPoint)?.ExtnValue.Memory ?? default;
}
