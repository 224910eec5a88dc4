using System.Collections.Frozen;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.SelectedAttributeTypes;

namespace CkiSdk.Pki.Names;

/// <summary>Maps attribute types to the keywords of RFC 4514 §3, RFC 4519 and common practice, and back.</summary>
internal static class AttributeKeywords
{
    // The first keyword of a type is the one that is written.
    private static readonly (string Keyword, ObjectIdentifier Type)[] All =
    [
        ("CN", SelectedAttributeTypesValues.IdAtCommonName),
        ("L", SelectedAttributeTypesValues.IdAtLocalityName),
        ("ST", SelectedAttributeTypesValues.IdAtStateOrProvinceName),
        ("O", SelectedAttributeTypesValues.IdAtOrganizationName),
        ("OU", SelectedAttributeTypesValues.IdAtOrganizationalUnitName),
        ("C", SelectedAttributeTypesValues.IdAtCountryName),
        ("STREET", SelectedAttributeTypesValues.IdAtStreetAddress),
        ("DC", SelectedAttributeTypesValues.IdDomainComponent),
        ("UID", SelectedAttributeTypesValues.IdUserID),
        ("sn", SelectedAttributeTypesValues.IdAtSurname),
        ("serialNumber", SelectedAttributeTypesValues.IdAtSerialNumber),
        ("title", SelectedAttributeTypesValues.IdAtTitle),
        ("description", SelectedAttributeTypesValues.IdAtDescription),
        ("businessCategory", SelectedAttributeTypesValues.IdAtBusinessCategory),
        ("postalCode", SelectedAttributeTypesValues.IdAtPostalCode),
        ("name", SelectedAttributeTypesValues.IdAtName),
        ("givenName", SelectedAttributeTypesValues.IdAtGivenName),
        ("initials", SelectedAttributeTypesValues.IdAtInitials),
        ("generationQualifier", SelectedAttributeTypesValues.IdAtGenerationQualifier),
        ("dnQualifier", SelectedAttributeTypesValues.IdAtDnQualifier),
        ("pseudonym", SelectedAttributeTypesValues.IdAtPseudonym),
        ("organizationIdentifier", SelectedAttributeTypesValues.IdAtOrganizationIdentifier),
        ("emailAddress", SelectedAttributeTypesValues.IdEmailAddress),
        ("commonName", SelectedAttributeTypesValues.IdAtCommonName),
        ("localityName", SelectedAttributeTypesValues.IdAtLocalityName),
        ("stateOrProvinceName", SelectedAttributeTypesValues.IdAtStateOrProvinceName),
        ("S", SelectedAttributeTypesValues.IdAtStateOrProvinceName),
        ("organizationName", SelectedAttributeTypesValues.IdAtOrganizationName),
        ("organizationalUnitName", SelectedAttributeTypesValues.IdAtOrganizationalUnitName),
        ("countryName", SelectedAttributeTypesValues.IdAtCountryName),
        ("streetAddress", SelectedAttributeTypesValues.IdAtStreetAddress),
        ("domainComponent", SelectedAttributeTypesValues.IdDomainComponent),
        ("userId", SelectedAttributeTypesValues.IdUserID),
        ("surname", SelectedAttributeTypesValues.IdAtSurname),
        ("GN", SelectedAttributeTypesValues.IdAtGivenName),
        ("email", SelectedAttributeTypesValues.IdEmailAddress),
        ("E", SelectedAttributeTypesValues.IdEmailAddress),
    ];

    private static readonly FrozenDictionary<string, ObjectIdentifier> Types =
        All.ToFrozenDictionary(entry => entry.Keyword, entry => entry.Type, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<ObjectIdentifier, string> Keywords =
        All.DistinctBy(entry => entry.Type).ToFrozenDictionary(entry => entry.Type, entry => entry.Keyword);

    /// <summary>Finds the keyword that a type is written with; <see langword="null"/> if it has none.</summary>
    public static string? Find(ObjectIdentifier type) => Keywords.GetValueOrDefault(type);

    /// <summary>Finds the type of a keyword; case does not matter.</summary>
    public static bool TryFind(string keyword, out ObjectIdentifier type) => Types.TryGetValue(keyword, out type);
}
