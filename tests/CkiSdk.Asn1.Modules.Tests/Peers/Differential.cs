using CkiSdk.Asn1.Modules.Tests.Generated;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Compares the generated code with asn1ct on random values of every type of a module, in both directions.</summary>
internal sealed class Differential(string module)
{
    // Of a recursive type asn1ct rarely makes a value; it is not asked for ever.
    private const int MostMisses = 5;

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
        var (before, misses) = (_faults.Count, 0);
        for (var i = 0; i < LongRun.Count(8, 300) && _faults.Count < before + 3; i++)
        {
            var seed = random.Next();
            if (misses < MostMisses) misses = CompareTheirs(type, seed) ? 0 : misses + 1;
            CompareOurs(type, seed, i % 30);
        }
    }

    // Returns whether asn1ct made a value.
    private bool CompareTheirs(GeneratedType type, int seed)
    {
        if (Asn1ct.Shared.Value(module, type.Model.Asn1Name, seed) is not { } der) return false;
        Theirs += Same(type, "asn1ct", der, OurEcho(type, der)) ? 1 : 0;
        return true;
    }

    private void CompareOurs(GeneratedType type, int seed, int size)
    {
        if (OurValue(type, seed, size) is not { } der) return;
        var echo = Asn1ct.Shared.Echo(module, type.Model.Asn1Name, der, out var answer);
        Ours += Same(type, "we", der, echo is null ? answer : Convert.ToHexString(echo)) ? 1 : 0;
    }

    private bool Same(GeneratedType type, string maker, byte[] der, string echo)
    {
        var isSame = echo == Convert.ToHexString(der);
        if (!isSame && !Exclusions.Explains(type.Name, echo)) _faults.Add($"{type.Name}: {maker} made {Convert.ToHexString(der)}, the other side: {echo}");
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
