using System.Collections.Concurrent;
using System.Globalization;
using CkiSdk.Asn1.Modules.Tests.Generated;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Holds generated code against Erlang's asn1ct, an independent compiler: byte-identical DER in both directions.</summary>
public sealed class Asn1ctTests(ITestOutputHelper output)
{
    private static readonly ConcurrentDictionary<string, Lazy<Differential>> Results = new(StringComparer.Ordinal);

    public static TheoryData<string> Modules => [.. GeneratedTypes.All.Select(type => type.Model.Module).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Octets_AreTheSame_InBothDirections(string module)
    {
        Assert.Null(Asn1ct.Shared.Modules[module]);
        var result = Of(module);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{module}: {result.Theirs} values of asn1ct, {result.Ours} of ours"));
        Assert.True(result.Faults.Count == 0, string.Join('\n', result.Faults.Select(fault => fault.Length < 900 ? fault : fault[..300] + " … " + fault[^550..])));
    }

    [Fact]
    public void Values_Number_TenThousand()
    {
        var results = Modules.Select(row => Of(row.Data)).ToList();
        var (theirs, ours) = (results.Sum(result => result.Theirs), results.Sum(result => result.Ours));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"asn1ct: {theirs} values of asn1ct and {ours} of ours encode the same on both sides"));
        Assert.True(theirs + ours >= 10_000, $"{theirs} + {ours}");
    }

    private static Differential Of(string module) => Results.GetOrAdd(module, name => new Lazy<Differential>(() => Differential.Of(name))).Value;
}
