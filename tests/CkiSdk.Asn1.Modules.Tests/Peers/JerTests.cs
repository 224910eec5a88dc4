using System.Globalization;
using System.Text.Json;
using CkiSdk.Asn1.Modules.Tests.Generated;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Holds JSON (X.697) against that of Erlang's asn1ct, in both directions.</summary>
public sealed class JerTests(ITestOutputHelper output)
{
    private const int MostMisses = 5;

    public static TheoryData<string> Modules => [.. Directory.GetFiles(Repository.PathOf("tests/CkiSdk.Asn1.Modules.Tests/Modules"), "*.asn1").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Json_MeansTheSame_InBothDirections(string module)
    {
        Assert.Null(JerPeer.Shared.Modules[module]);
        var names = JerPeer.Shared.TypesOf(module).ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        var (theirs, ours) = (0, 0);
        foreach (var type in GeneratedTypes.All.Where(type => type.Model.Module == module && names.Contains(type.Model.Asn1Name)))
        {
            var random = new Random(type.Name.Length);
            var (before, misses) = (faults.Count, 0);
            for (var i = 0; i < LongRun.Count(15, 500) && faults.Count < before + 3; i++)
            {
                // Both at each turn: whether asn1ct has a value in time depends on the machine, and the other values must not.
                var (their, our) = (random.Next(), random.Next());
                var answer = misses < MostMisses ? JerPeer.Shared.Value(module, type.Model.Asn1Name, their) : null;
                misses = answer is null ? misses + 1 : 0;
                theirs += answer is not null && Note(faults, type, $"asn1ct made {answer}", Theirs(type, answer)) ? 1 : 0;
                ours += Ours(type, our, i % 12) is var (json, fault) && json is not null && Note(faults, type, $"we made {json}", fault) ? 1 : 0;
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{module}: {theirs} values of asn1ct, {ours} of ours"));
        Assert.True(faults.Count == 0, string.Join('\n', faults.Select(fault => fault.Length < 700 ? fault : fault[..350] + " … " + fault[^340..])));
        Assert.True(theirs + ours > 0, module);
    }

    private static bool Note(List<string> faults, GeneratedType type, string what, string? fault)
    {
        if (fault is not null && !JerExclusions.Explains(type.Name, fault)) faults.Add($"{type.Name}: {what}: {fault}");
        return fault is null;
    }

    // What we make of their JSON is the same value to them; null where it is. DER leaves defaults out and sorts sets, they do not.
    private static string? Theirs(GeneratedType type, string json)
    {
        try
        {
            var again = Jer.FromDer(type.Descriptor, Jer.ToDer(type.Descriptor, json));
            var echo = JerPeer.Shared.Echo(type.Model.Module, type.Model.Asn1Name, again);
            return echo.StartsWith("ok ", StringComparison.Ordinal) && Same(json, echo[3..]) ? null : $"{echo}, as we made {again}";
        }
        catch (JerException e)
        {
            return $"refused: {e.Message}";
        }
    }

    // Our JSON, and null where what they make of it is the same value.
    private static (string? Json, string? Fault) Ours(GeneratedType type, int seed, int size)
    {
        byte[] der;
        try
        {
            der = RandomValue.Encode(type.Descriptor, new Random(seed), size, withAdditions: false);
        }
        catch (InvalidOperationException)
        {
            return (null, null);
        }

        var json = Jer.FromDer(type.Descriptor, der);
        var echo = JerPeer.Shared.Echo(type.Model.Module, type.Model.Asn1Name, json);
        if (!echo.StartsWith("ok ", StringComparison.Ordinal)) return (json, echo);
        try
        {
            return (json, Jer.ToDer(type.Descriptor, echo[3..]).AsSpan().SequenceEqual(der) ? null : $"it came back as {echo[3..]}");
        }
        catch (JerException e)
        {
            return (json, $"it came back as {echo[3..]}, {e.Message}");
        }
    }

    private static bool Same(string left, string right)
    {
        using var one = JsonDocument.Parse(left);
        using var other = JsonDocument.Parse(right);
        return Sorted(one.RootElement) == Sorted(other.RootElement);
    }

    // Members and elements in an order of their own, numbers by their values.
    private static string Sorted(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",", json.EnumerateObject().Select(member => $"{member.Name}:{Sorted(member.Value)}").Order(StringComparer.Ordinal))}}}",
        JsonValueKind.Array => $"[{string.Join(",", json.EnumerateArray().Select(Sorted).Order(StringComparer.Ordinal))}]",
        JsonValueKind.String => $"\"{json.GetString()}\"",
        JsonValueKind.Number => json.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : json.TryGetDouble(out var real) ? real.ToString(CultureInfo.InvariantCulture) : json.GetRawText(),
        _ => json.GetRawText(),
    };
}
