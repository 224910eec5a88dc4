using System.Reflection;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.AuthenticationFramework;

namespace CkiSdk.Fuzz.Types;

/// <summary>Finds every generated type of asn1/, so that a new module is fuzzed without a word here, and lets two octets of an input choose one.</summary>
internal static class GeneratedDecoders
{
    /// <summary>The octets in front of an input that choose the type.</summary>
    public const int SelectorLength = 2;

    private const int ValuesOfEach = 2;
    private const int LongestSeed = 1024;

    private static readonly (int Place, GeneratedDecoder Decoder)[] Ring = [.. Find(typeof(Certificate).Assembly).OrderBy(entry => entry.Place).ThenBy(entry => entry.Decoder.Name, StringComparer.Ordinal)];

    /// <summary>Gets all of them.</summary>
    public static IEnumerable<GeneratedDecoder> All => Ring.Select(entry => entry.Decoder);

    /// <summary>Takes the selector off an input: the type whose hash it is, or else the next one, so that inputs mean the same when modules come and go.</summary>
    /// <param name="input">The selector and what is to be decoded; octets that are missing are zero, because AFL++ gives up where an empty input reaches nothing.</param>
    /// <param name="rest">The octets behind the selector.</param>
    public static GeneratedDecoder Choose(byte[] input, out byte[] rest)
    {
        rest = input.Length > SelectorLength ? input[SelectorLength..] : [];
        var place = ((input.Length > 0 ? input[0] : 0) << 8) | (input.Length > 1 ? input[1] : 0);
        var index = Array.FindIndex(Ring, entry => entry.Place >= place);
        return Ring[index < 0 ? 0 : index].Decoder;
    }

    /// <summary>Makes inputs: some random values of each type behind its selector.</summary>
    /// <param name="form">Turns the DER of a value into what the target reads.</param>
    public static IEnumerable<byte[]> Seeds(Func<TypeDescriptor, byte[], byte[]> form)
    {
        foreach (var (place, decoder) in Ring)
        {
            for (var i = 0; i < ValuesOfEach; i++)
            {
                if (Seed(decoder.Descriptor, new Random(place + i)) is { } der && form(decoder.Descriptor, der) is { Length: < LongestSeed } input)
                    yield return [(byte)(place >> 8), (byte)place, .. input];
            }
        }
    }

    private static byte[]? Seed(TypeDescriptor type, Random random)
    {
        try
        {
            return RandomValue.Encode(type, random, size: 4);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<(int Place, GeneratedDecoder Decoder)> Find(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type.IsPublic && (IsDerType(type) || IsEnumeration(type))))
        {
            var name = type.FullName![(assembly.GetName().Name!.Length + 1)..];
            yield return (Place(name), GeneratedDecoder.Of(type, name));
        }
    }

    private static bool IsEnumeration(Type type) => type.IsEnum && type.Assembly.GetType($"{type.FullName}Codec") is not null;

    private static bool IsDerType(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDerType<>) && i.GenericTypeArguments[0] == type);

    // FNV-1a, folded: the hash code of a string differs from process to process.
    private static int Place(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name) hash = (hash ^ c) * 16777619u;
        return (int)((hash >> 16) ^ (hash & 0xFFFF));
    }
}
