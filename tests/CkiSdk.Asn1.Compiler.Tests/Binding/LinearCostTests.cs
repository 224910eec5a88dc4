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
    private const string Class = "C ::= CLASS { &id INTEGER UNIQUE, &T } WITH SYNTAX { &T IDENTIFIED BY &id }\n";
    private const string Holder = " H ::= SEQUENCE { id C.&id ({S}), v C.&T ({S}{@id}) }";

    // What takes less than this ends before the collector has anything to do, and says nothing of what takes ten times as long. Each with each of 20,000 is beyond thirty times as much, too.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    // One run within the limit is enough. On a busy machine the first ones wait for the just-in-time compiler, and for caches that others use.
    private const int Attempts = 40;

    private static readonly Dictionary<string, Func<int, string>> Modules = new(StringComparer.Ordinal)
    {
        ["selections of selections"] = count => Lines(count, "A{0} ::= CHOICE {{ x x < A{1} }}") + "A0 ::= CHOICE { x NULL }",
        ["selections of what stands behind"] = count => Lines(count, "A{0} ::= CHOICE {{ x x < A{2} }}") + $"A{count + 1} ::= CHOICE {{ x NULL }}",
        ["types of selections"] = count => Lines(count, "A{0} ::= CHOICE {{ x S{1} }} S{0} ::= x < A{0}") + "A0 ::= CHOICE { x NULL } S0 ::= x < A0",
        ["alternatives that select one another"] = count => "A ::= CHOICE { x0 NULL, " + Items(count, "x{0} x{1} < A") + " }",
        ["alternatives that select one behind them"] = count => "A ::= CHOICE { " + Items(count, "x{0} x{2} < A") + $", x{count + 1} NULL }}",
        ["choices that select from one another"] = count => "A ::= CHOICE { x0 NULL, " + Items(count, "x{0} x{1} < B") + " } B ::= CHOICE { x0 NULL, " + Items(count, "x{0} x{1} < A") + " }",
        ["selections of one choice"] = count => "A ::= CHOICE { " + Items(count, "x{0} NULL") + " }\n" + Lines(count, "S{0} ::= x{0} < A"),
        ["values of an enumeration"] = count => "E ::= ENUMERATED { " + Items(count, "a{0}") + " }\n" + Lines(count, "v{0} E ::= a{0}"),
        ["references to values of an enumeration"] = count => "E ::= ENUMERATED { " + Items(count, "a{0}") + " } v0 E ::= a1\n" + Lines(count, "v{0} E ::= v0"),
        ["defaults of an enumeration"] = count => "E ::= ENUMERATED { " + Items(count, "a{0}") + " } S ::= SEQUENCE { " + Items(count, "c{0} E DEFAULT a{0}") + " }",
        ["named numbers"] = count => "I ::= INTEGER { " + Items(count, "a{0}({0})") + " }\n" + Lines(count, "v{0} I ::= a{0}"),
        ["named bits"] = count => "B ::= BIT STRING { " + Items(count, "a{0}({0})") + " } v B ::= { " + Items(count, "a{0}") + " }",
        ["values of a choice"] = count => "A ::= CHOICE { " + Items(count, "x{0} NULL") + " }\n" + Lines(count, "v{0} A ::= x{0} : NULL"),
        ["components of a value"] = count => "A ::= SEQUENCE { " + Items(count, "x{0} INTEGER") + " } v A ::= { " + Items(count, "x{0} {0}") + " }",
        ["objects of a set"] = count => Class + Lines(count, "o{0} C ::= {{ NULL IDENTIFIED BY {0} }}") + "S C ::= { " + Items(count, "o{0}", " | ") + " }" + Holder,
        ["objects without a name"] = count => Class + "S C ::= { " + Items(count, "{{ INTEGER (0..{0}) IDENTIFIED BY {0} }}", " | ") + ", ... }" + Holder,
        ["sets of objects in a set"] = count => Class + Lines(count, "S{0} C ::= {{ {{ NULL IDENTIFIED BY {0} }} }}") + "S C ::= { " + Items(count, "S{0}", " | ") + " }" + Holder,
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
    [InlineData("alternatives that select one another")]
    [InlineData("choices that select from one another")]
    [InlineData("references to values of an enumeration")]
    [InlineData("defaults of an enumeration")]
    [InlineData("named bits")]
    [InlineData("values of a choice")]
    [InlineData("components of a value")]
    [InlineData("objects of a set")]
    [InlineData("sets of objects in a set")]
    public void LongChains_AreUnderstood_ToTheirEnd(string name) => Assert.Empty(Linked.Module(Modules[name](Many), "AUTOMATIC").Faults);

    [Fact]
    public void ClassesInACircle_AreAnError() => Assert.NotEmpty(Linked.Module("C ::= D D ::= E E ::= C o C ::= { &id 1 }").Faults);

    private static string Items(int count, string item, string separator = ", ") =>
        string.Join(separator, Enumerable.Range(1, count).Select(i => string.Format(CultureInfo.InvariantCulture, item, i, i - 1, i + 1)));

    private static string Lines(int count, string line) => string.Concat(Enumerable.Range(1, count).Select(i => string.Format(CultureInfo.InvariantCulture, line, i, i - 1, i + 1) + "\n"));

    private static string Classes(int count) => "C0 ::= CLASS { &id INTEGER UNIQUE, &T } WITH SYNTAX { &T IDENTIFIED BY &id }\n" + Lines(count, "C{0} ::= C{1}")
        + $"o C{count} ::= {{ NULL IDENTIFIED BY 1 }} S C{count} ::= {{ o }} H ::= SEQUENCE {{ id C{count}.&id ({{S}}), v C{count}.&T ({{S}}{{@id}}) }}";
}
