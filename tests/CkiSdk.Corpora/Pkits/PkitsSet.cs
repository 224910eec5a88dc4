using CkiSdk.Asn1;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Paths;

namespace CkiSdk.Corpora.Pkits;

/// <summary>
/// Validates the certification paths of NIST's PKI test suite: the certificates of certs/ and the lists of crls/ are one pool, from which each path is built. The names of the
/// certificates at the ends say what is valid; what depends on policies is tried with others, too (section 4.8, 4.12).
/// </summary>
internal sealed class PkitsSet(string name) : ICorpusSet
{
    private const string Policy = "2.16.840.1.101.3.2.1.48.";
    private static readonly DateTimeOffset Time = new(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);

    // Inherited parameters of DSA (RFC 3279 2.3.2) are no part of the SDK, which verifies DSA by permission only.
    private static readonly string[] PassedOver = ["ValidDSAParameterInheritanceTest5EE"];

    // Paths without a valid policy below an authority that requires one; all others whose name says nothing are valid.
    private static readonly string[] WithoutPolicy = ["DifferentPoliciesTest4EE", "DifferentPoliciesTest5EE", "DifferentPoliciesTest7EE", "DifferentPoliciesTest8EE", "DifferentPoliciesTest9EE", "DifferentPoliciesTest12EE"];

    private static readonly (string Name, int[] Policies, bool InhibitsAny, bool IsValid)[] WithPolicies =
    [
        ("ValidCertificatePathTest1EE", [], false, true),
        ("ValidCertificatePathTest1EE", [1], false, true),
        ("ValidCertificatePathTest1EE", [2], false, false),
        ("ValidCertificatePathTest1EE", [1, 2], false, true),
        ("AllCertificatesNoPoliciesTest2EE", [], false, false),
        ("DifferentPoliciesTest3EE", [], false, false),
        ("DifferentPoliciesTest3EE", [1, 2], false, false),
        ("OverlappingPoliciesTest6EE", [1], false, true),
        ("OverlappingPoliciesTest6EE", [2], false, false),
        ("AllCertificatesSamePoliciesTest10EE", [1], false, true),
        ("AllCertificatesSamePoliciesTest10EE", [2], false, true),
        ("AllCertificatesanyPolicyTest11EE", [1], false, true),
        ("AllCertificatesSamePoliciesTest13EE", [1], false, true),
        ("AllCertificatesSamePoliciesTest13EE", [2], false, true),
        ("AllCertificatesSamePoliciesTest13EE", [3], false, true),
        ("AnyPolicyTest14EE", [1], false, true),
        ("AnyPolicyTest14EE", [2], false, false),
        ("inhibitAnyPolicyTest3EE", [], true, false),
    ];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEnumerable<Outcome> Compare(string folder)
    {
        var certificates = Directory.EnumerateFiles(Path.Combine(folder, "certs"), "*.crt").Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => Certificate.Decode(File.ReadAllBytes(file)));
        var options = new PathOptions
        {
            Time = Time,
            RevocationLists = [.. Directory.EnumerateFiles(Path.Combine(folder, "crls"), "*.crl").Order(StringComparer.Ordinal).Select(file => RevocationList.Decode(File.ReadAllBytes(file)))],
            RevocationScope = RevocationScope.WholePath,
            LegacyAlgorithms = LegacyAlgorithms.Dsa | LegacyAlgorithms.Sha1, // the tests of DSA
        };
        var validator = new PathValidator([new TrustAnchor(certificates["TrustAnchorRootCertificate"])], CryptoProviders.Software, certificates.Values);
        foreach (var passedOver in PassedOver)
            Console.Error.WriteLine($"   {passedOver}: passed over");
        var ends = certificates.Keys.Where(end => end.Contains("Test", StringComparison.Ordinal) && end.EndsWith("EE", StringComparison.Ordinal)).Except(PassedOver);
        return
        [
            .. ends.Select(end => Judge(end, validator, certificates[end], options, !end.StartsWith("Invalid", StringComparison.Ordinal) && !WithoutPolicy.Contains(end))),
            .. WithPolicies.Where(test => certificates.ContainsKey(test.Name)).Select(test => Judge(
                $"{test.Name} with policies [{string.Join(", ", test.Policies)}]", validator, certificates[test.Name],
                options with { RequiresExplicitPolicy = true, InhibitsAnyPolicy = test.InhibitsAny, Policies = [.. test.Policies.Select(number => ObjectIdentifier.Parse(Policy + number))] }, test.IsValid)),
        ];
    }

    private static Outcome Judge(string name, PathValidator validator, Certificate certificate, PathOptions options, bool isValid) => Judgement.Guard(name, isValid ? "valid" : "invalid", () =>
    {
        var result = validator.Validate(certificate, [], options);
        return (result.IsValid == isValid ? null : result.ToString(), result.ToString());
    });
}
