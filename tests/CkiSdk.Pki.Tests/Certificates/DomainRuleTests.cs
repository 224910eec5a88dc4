using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;

namespace CkiSdk.Pki.Tests.Certificates;

/// <summary>Shows which names belong to a domain.</summary>
public sealed class DomainRuleTests
{
    [Theory]
    [InlineData("inside", "O=D", "", "CN=a,O=D", true)]
    [InlineData("the base itself", "O=D", "", "O=d", true)]
    [InlineData("outside", "O=D", "", "CN=a,O=E", false)]
    [InlineData("in the second subtree", "O=D;O=E", "", "CN=a,O=E", true)]
    [InlineData("excluded", "O=D", "OU=x,O=D", "CN=a,OU=X,O=D", false)]
    [InlineData("beside what is excluded", "O=D", "OU=x,O=D", "CN=a,OU=y,O=D", true)]
    [InlineData("nothing is permitted", "", "", "CN=a", false)]
    public void Admits_Follows_TheSubtrees(string description, string permitted, string excluded, string name, bool expected)
    {
        var rule = Rule(permitted, excluded);
        Assert.True(expected == rule.Admits(DistinguishedName.Parse(name)), description);
        Assert.True(expected == DomainRule.From(rule.ToNameConstraints()).Admits(DistinguishedName.Parse(name)), description);
    }

    [Theory]
    [InlineData("the same", "O=D", "", "O=D", "", true)]
    [InlineData("a part", "OU=x,O=D", "", "O=D", "", true)]
    [InlineData("more", "O=D", "", "OU=x,O=D", "", false)]
    [InlineData("one of two is outside", "O=D;O=E", "", "O=D", "", false)]
    [InlineData("holds what the other excludes", "O=D", "", "O=D", "OU=x,O=D", false)]
    [InlineData("lies in what the other excludes", "OU=x,O=D", "", "O=D", "OU=x,O=D", false)]
    [InlineData("excludes the same", "O=D", "OU=x,O=D", "O=D", "OU=x,O=D", true)]
    [InlineData("excludes more", "O=D", "OU=x,O=D", "O=D", "OU=y,OU=x,O=D", true)]
    [InlineData("has nothing to do with what the other excludes", "OU=y,O=D", "", "O=D", "OU=x,O=D", true)]
    [InlineData("excludes wholly what would be outside", "O=D;O=E", "O=E", "O=D", "", true)]
    [InlineData("the empty domain", "", "", "O=D", "", true)]
    public void IsWithin_Compares_Domains(string description, string permitted, string excluded, string otherPermitted, string otherExcluded, bool expected) =>
        Assert.True(expected == Rule(permitted, excluded).IsWithin(Rule(otherPermitted, otherExcluded)), description);

    [Theory]
    [InlineData("the same", "O=D", "", "O=D", "", true)]
    [InlineData("a part", "OU=x,O=D", "", "O=D", "", true)]
    [InlineData("others", "O=D", "", "O=E", "", false)]
    [InlineData("one of two", "O=D;O=E", "", "O=E", "", true)]
    [InlineData("beside each other", "OU=x,O=D", "", "OU=y,O=D", "", false)]
    [InlineData("a part that the other excludes", "OU=x,O=D", "", "O=D", "OU=x,O=D", false)]
    [InlineData("a part of which the other excludes some", "OU=x,O=D", "", "O=D", "OU=y,OU=x,O=D", true)]
    [InlineData("excludes it itself", "O=D", "O=D", "O=D", "", false)]
    [InlineData("the empty domain", "", "", "O=D", "", false)]
    public void Overlaps_Finds_NamesInCommon(string description, string permitted, string excluded, string otherPermitted, string otherExcluded, bool expected)
    {
        var (one, other) = (Rule(permitted, excluded), Rule(otherPermitted, otherExcluded));
        Assert.True(expected == one.Overlaps(other) && expected == other.Overlaps(one), description);
    }

    [Fact]
    public void From_LeavesOut_PermittedSubtreesWithDistances()
    {
        var name = new GeneralName.DirectoryName(DistinguishedName.Parse("O=D").Name);
        var rule = DomainRule.From(new NameConstraintsSyntax
        {
            PermittedSubtrees = new GeneralSubtrees((SequenceOf<GeneralSubtree>)
            [
                new GeneralSubtree { Base = name, Minimum = (Integer)1 },
                new GeneralSubtree { Base = name, Maximum = (Integer)1 },
                new GeneralSubtree { Base = new GeneralName.DNSName("d") },
            ]),
            ExcludedSubtrees = new GeneralSubtrees((SequenceOf<GeneralSubtree>)[new GeneralSubtree { Base = name, Minimum = (Integer)1 }]),
        });
        Assert.Empty(rule.Permitted);
        Assert.Single(rule.Excluded);
    }

    [Fact]
    public async Task FindHomes_Finds_TheCmaOfTheUser()
    {
        using var authority = await TestAuthority.Create();
        var homes = DomainRule.FindHomes([authority.Certificate, .. CertificateBundle.All.Take(5)], TestAuthority.User);
        Assert.Equal([authority.Certificate], homes);
        Assert.Empty(DomainRule.FindHomes([authority.Certificate], DistinguishedName.Parse("CN=B1,O=Domain B")));
    }

    private static DomainRule Rule(string permitted, string excluded) => new(Names(permitted), Names(excluded));

    private static IEnumerable<DistinguishedName> Names(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(DistinguishedName.Parse);
}
