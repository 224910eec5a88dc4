using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Paths;
using CkiSdk.TestSupport;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Pki.Tests.Paths;

/// <summary>Shows which policies are valid along a path (RFC 5280 §6.1, RFC 9618).</summary>
public sealed class PolicyTests : IDisposable
{
    private const string Any = "2.5.29.32.0";
    private const string A = "1.3.6.1.4.1.55555.1";
    private const string B = "1.3.6.1.4.1.55555.2";

    private readonly PathLab _lab = new();

    [Theory]
    [InlineData("the same everywhere", A, A, "", true, A)]
    [InlineData("asked for", A, A, A, true, A)]
    [InlineData("another asked for", A, A, B, false, "")]
    [InlineData("different along the path", A, B, "", false, "")]
    [InlineData("any above", Any, A, "", true, A)]
    [InlineData("any below", A, Any, "", true, A)]
    [InlineData("any everywhere", Any, Any, "", true, Any)]
    [InlineData("any everywhere, one asked for", Any, Any, B, true, B)]
    [InlineData("none below", A, "", "", false, "")]
    [InlineData("two, both asked for", A + " " + B, A + " " + B, A + " " + B, true, A + " " + B)]
    public void Validate_Requires_APolicy(string description, string above, string below, string wanted, bool isValid, string found)
    {
        var (root, middle) = (_lab.Root("R"), _lab.Authority("M", "R", more: Policies(above)));
        var result = PathLab.Validate(root, _lab.End("E", "M", Policies(below)), [middle], options => options with { RequiresExplicitPolicy = true, Policies = Parse(wanted) });
        Assert.True(isValid == result.IsValid, $"{description}: {string.Join("; ", result.Reasons)}");
        Assert.Equal(Parse(found).Order(Comparer), result.Policies.Order(Comparer));
    }

    [Fact]
    public void Validate_Needs_NoPolicy_WhereNobodyAsks() => PathLab.Valid(PathLab.Validate(_lab.Root("R"), _lab.End("E", "R"), []), 2);

    [Fact]
    public void PolicyConstraints_Demand_APolicy()
    {
        var middle = _lab.Authority("M", "R", more: Constraints(requireExplicit: 0));
        PathLab.Refused(PathLab.Validate(_lab.Root("R"), _lab.End("E", "M"), [middle]), ReasonCode.NoValidPolicy, 0);
        var later = _lab.Authority("M", "R", more: Constraints(requireExplicit: 5));
        PathLab.Valid(PathLab.Validate(_lab.Root("R"), _lab.End("E", "M"), [later]), 3);
    }

    [Fact]
    public void Mappings_Translate_BelowTheAuthority()
    {
        var middle = _lab.Authority("M", "R", null, null, null, PathLab.Policies(A), PathLab.Mappings((A, B)));
        var end = _lab.End("E", "M", Policies(B));
        ValidationResult Run(Func<PathOptions, PathOptions> change) => PathLab.Validate(_lab.Root("R"), end, [middle], options => change(options with { RequiresExplicitPolicy = true }));
        var result = Run(options => options with { Policies = Parse(A) });
        PathLab.Valid(result, 3);
        Assert.Equal(Parse(A), result.Policies);
        Assert.False(Run(options => options with { Policies = Parse(B) }).IsValid);
        Assert.False(Run(options => options with { InhibitsPolicyMapping = true }).IsValid);
        Assert.False(PathLab.Validate(_lab.Root("R"), _lab.End("E2", "M", Policies(A)), [middle], options => options with { RequiresExplicitPolicy = true }).IsValid);
    }

    [Fact]
    public void Mappings_OfAnyPolicy_AreRefused()
    {
        var middle = _lab.Authority("M", "R", null, null, null, PathLab.Policies(A), PathLab.Mappings((A, Any)));
        PathLab.Refused(PathLab.Validate(_lab.Root("R"), _lab.End("E", "M", Policies(A)), [middle]), ReasonCode.RefusedPolicyMapping, 1);
    }

    [Fact]
    public void AnyPolicy_CanBe_Inhibited()
    {
        var middle = _lab.Authority("M", "R", more: Policies(Any));
        var end = _lab.End("E", "M", Policies(A));
        PathLab.Valid(PathLab.Validate(_lab.Root("R"), end, [middle], options => options with { RequiresExplicitPolicy = true }), 3);
        Assert.False(PathLab.Validate(_lab.Root("R"), end, [middle], options => options with { RequiresExplicitPolicy = true, InhibitsAnyPolicy = true }).IsValid);
        var inhibits = CertificateExtension.Make(CertificateExtensionsValues.IdCeInhibitAnyPolicy, critical: true, new SkipCerts(0));
        var strict = _lab.Authority("M", "R", null, null, null, PathLab.Policies(A), inhibits);
        Assert.False(PathLab.Validate(_lab.Root("R"), _lab.End("E2", "M", Policies(Any)), [strict], options => options with { RequiresExplicitPolicy = true }).IsValid);
    }

    // Each authority maps each of 12 policies to all 12: a tree would have 12 to the power of the depth leaves.
    [Fact]
    public void Mappings_DoNotGrow_Exponentially()
    {
        var policies = Enumerable.Range(1, 12).Select(i => $"1.3.6.1.4.1.55555.9.{i}").ToArray();
        var mappings = policies.SelectMany(from => policies.Select(to => (from, to))).ToArray();
        var pool = new List<Certificate>();
        for (var i = 1; i <= 9; i++)
            pool.Add(_lab.Authority($"L{i}", i == 1 ? "R" : $"L{i - 1}", null, null, null, PathLab.Policies(policies), PathLab.Mappings(mappings)));
        var (root, end, result) = (_lab.Root("R"), _lab.End("E", "L9", PathLab.Policies(policies)), default(ValidationResult));
        var taken = ProcessorTime.Of(() => result = PathLab.Validate(root, end, [.. pool], options => options with { RequiresExplicitPolicy = true }));
        PathLab.Valid(result!, 11);
        Assert.Equal(12, result!.Policies.Count);
        Assert.True(taken < TimeSpan.FromSeconds(5), taken.ToString());
    }

    public void Dispose() => _lab.Dispose();

    private static readonly Comparer<ObjectIdentifier> Comparer = Comparer<ObjectIdentifier>.Create((x, y) => string.CompareOrdinal(x.ToString(), y.ToString()));

    private static ObjectIdentifier[] Parse(string policies) => Array.ConvertAll(policies.Split(' ', StringSplitOptions.RemoveEmptyEntries), ObjectIdentifier.Parse);

    private static Extension[] Policies(string policies) => policies.Length == 0 ? [] : [PathLab.Policies(policies.Split(' '))];

    private static Extension Constraints(int requireExplicit) => CertificateExtension.Make(
        CertificateExtensionsValues.IdCePolicyConstraints, critical: true, new PolicyConstraintsSyntax { RequireExplicitPolicy = new SkipCerts(requireExplicit) });
}
