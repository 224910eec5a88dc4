using CkiSdk.Asn1.Modules.Tests.Generated;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Compares the generated code with asn1ct on random values of every type of a module, in both directions.</summary>
internal sealed class Differential(string module)
{
    private const int AtOnce = 20;
    private const int MostFaults = 10;

    private readonly List<string> _faults = [];

    /// <summary>Gets how many values of asn1ct came back from us with the same octets.</summary>
    public int Theirs { get; private set; }

    /// <summary>Gets how many values of ours came back from asn1ct with the same octets.</summary>
    public int Ours { get; private set; }

    /// <summary>Gets what was not the same.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Runs the comparison of a module.</summary>
    public static Differential Of(string module)
    {
        var result = new Differential(module);
        var theirs = Asn1ct.Shared.TypesOf(module).ToHashSet(StringComparer.Ordinal);
        foreach (var type in GeneratedTypes.All.Where(type => type.Model.Module == module && theirs.Contains(type.Model.Asn1Name)))
            result.Compare(type);
        return result;
    }

    private void Compare(GeneratedType type)
    {
        var random = new Random(type.Name.Length);
        for (var left = LongRun.Count(8, 300); left > 0; left -= AtOnce)
        {
            int[] seeds = [.. Enumerable.Range(0, Math.Min(left, AtOnce)).Select(_ => random.Next())];
            var theirs = Asn1ct.Shared.Values(module, type.Model.Asn1Name, seeds);
            Theirs += theirs.Count(der => Same(type, "asn1ct", der, OurEcho(type, der)));
            List<byte[]> ours = [.. seeds.Select((seed, index) => OurValue(type, seed, (left + index) % 30)).OfType<byte[]>()];
            Ours += ours.Zip(Asn1ct.Shared.Echoes(module, type.Model.Asn1Name, ours)).Count(pair => Same(type, "we", pair.First, pair.Second));
        }
    }

    private bool Same(GeneratedType type, string maker, byte[] der, string echo)
    {
        var isSame = echo == Convert.ToHexString(der);
        if (!isSame && _faults.Count < MostFaults && !Exclusions.Explains(type.Name, echo)) _faults.Add($"{type.Name}: {maker} made {Convert.ToHexString(der)}, the other side: {echo}");
        return isSame;
    }

    // Half of the values come from the C# type, which knows not all constraints, half from its descriptor.
    private static byte[]? OurValue(GeneratedType type, int seed, int size)
    {
        try
        {
            return size % 2 == 0
                ? type.Codec.Encode(new ValueMaker(new Random(seed), size, withUnknown: false).Make(type))
                : type.Codec.Encode(type.Codec.Decode(RandomValue.Encode(type.Descriptor, new Random(seed), size / 2, withAdditions: false)));
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or DerException)
        {
            return null;
        }
    }

    private static string OurEcho(GeneratedType type, byte[] der)
    {
        try
        {
            return Convert.ToHexString(type.Codec.Encode(type.Codec.Decode(der)));
        }
        catch (DerException refusal)
        {
            return $"refused {refusal.Kind} {refusal.Message}";
        }
    }
}
