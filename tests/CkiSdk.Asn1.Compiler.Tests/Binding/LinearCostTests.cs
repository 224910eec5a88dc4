using System.Globalization;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Compiler.Tests.Binding;

/// <summary>Shows that what is ten times as long takes about ten times as long, where looking at each with each would take a hundred times.</summary>
[Collection(nameof(LinearCostTests))]
[CollectionDefinition(nameof(LinearCostTests), DisableParallelization = true)]
public sealed class LinearCostTests
{
    private const int Few = 2_000;
    private const int Many = 20_000;
    private const int Most = 30;

    // What takes less than this ends before the collector has anything to do, and says nothing of what takes ten times as long. Each with each of 20,000 is beyond thirty times as much, too.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    // One run within the limit is enough. On a busy machine the first ones wait for the just-in-time compiler, and for caches that others use.
    private const int Attempts = 40;

    private static readonly Dictionary<string, Func<int, string>> Modules = new(StringComparer.Ordinal)
    {
        ["selections of selections"] = count => Lines(count, "A{0} ::= CHOICE {{ x x < A{1} }}") + "A0 ::= CHOICE { x NULL }",
        ["selections of what stands behind"] = count => Lines(count, "A{0} ::= CHOICE {{ x x < A{2} }}") + $"A{count + 1} ::= CHOICE {{ x NULL }}",
        ["types of selections"] = count => Lines(count, "A{0} ::= CHOICE {{ x S{1} }} S{0} ::= x < A{0}") + "A0 ::= CHOICE { x NULL } S0 ::= x < A0",
        ["unknown types"] = count => Lines(count, "Type{0} ::= SEQUENCE {{ a Tipe{0} }}"),
        ["unknown values"] = count => Lines(count, "value{0} INTEGER ::= valeu{0}"),
        ["unknown classes"] = count => Lines(count, "object{0} KLASS{0} ::= {{ NULL IDENTIFIED BY {0} }}"),
        ["alternatives"] = count => "A ::= CHOICE { " + string.Join(", ", Enumerable.Range(0, count).Select(i => $"x{i} NULL")) + " }",
        ["components of a set"] = count => "A ::= SET { " + string.Join(", ", Enumerable.Range(0, count).Select(i => $"x{i} NULL OPTIONAL")) + " }",
        ["other names of a class"] = Classes,
    };

    public static TheoryData<string> Names => [.. Modules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void TenTimesAsMuch_TakesNotMuchMoreThanTenTimesAsLong(string name)
    {
        var (few, many) = (Modules[name](Few), Modules[name](Many));
        _ = Linked.Module(few, "AUTOMATIC");
        var least = ProcessorTime.Least(3, TimeSpan.Zero, () => Linked.Module(few, "AUTOMATIC"));
        var limit = Most * (least > Shortest ? least : Shortest);
        Assert.InRange(ProcessorTime.Least(Attempts, limit, () => Linked.Module(many, "AUTOMATIC")), TimeSpan.Zero, limit);
    }

    [Theory]
    [InlineData("selections of selections")]
    [InlineData("selections of what stands behind")]
    [InlineData("types of selections")]
    [InlineData("other names of a class")]
    public void LongChains_AreUnderstood_ToTheirEnd(string name) => Assert.Empty(Linked.Module(Modules[name](Many), "AUTOMATIC").Faults);

    [Fact]
    public void ClassesInACircle_AreAnError() => Assert.NotEmpty(Linked.Module("C ::= D D ::= E E ::= C o C ::= { &id 1 }").Faults);

    private static string Lines(int count, string line) => string.Concat(Enumerable.Range(1, count).Select(i => string.Format(CultureInfo.InvariantCulture, line, i, i - 1, i + 1) + "\n"));

    private static string Classes(int count) => "C0 ::= CLASS { &id INTEGER UNIQUE, &T } WITH SYNTAX { &T IDENTIFIED BY &id }\n" + Lines(count, "C{0} ::= C{1}")
        + $"o C{count} ::= {{ NULL IDENTIFIED BY 1 }} S C{count} ::= {{ o }} H ::= SEQUENCE {{ id C{count}.&id ({{S}}), v C{count}.&T ({{S}}{{@id}}) }}";
}
