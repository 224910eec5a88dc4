using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the search for the object that selectors stand for: without memory, and in few steps where the selector is a number or an object identifier.</summary>
internal static class SelectorSwitch
{
    /// <summary>Writes the member, which gives the number of the alternative or zero, and the keys that it needs.</summary>
    public static void Emit(SourceWriter writer, UnionModel type)
    {
        var names = type.Selectors.Select((_, i) => "key" + i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var parameters = string.Join(", ", type.Selectors.Select((selector, i) => $"{selector.Use.CSharpType} {names[i]}"));
        writer.Open($"private static int FindObject({parameters})");
        if (type.Selectors.Count == 1 && IsOid(type))
        {
            OfObjectIdentifier(writer, type, names[0]);
        }
        else if (type.Selectors.Count == 1 && IsNumber(type))
        {
            OfNumber(writer, type, names[0]);
        }
        else
        {
            for (var i = 0; i < type.Alternatives.Count; i++)
            {
                var condition = string.Join(" && ", names.Select((name, k) => $"{name}.Equals({Field(i, k)})"));
                writer.Open($"if ({condition})").Line($"return {Number(i + 1)};").Close();
            }
        }

        writer.Line("return 0;").Close();
        if (!(type.Selectors.Count == 1 && (IsOid(type) || IsNumber(type))))
        {
            Keys(writer, type);
        }
    }

    /// <summary>Returns the content octets of an object identifier (X.690 8.19).</summary>
    internal static byte[] Octets(string dotted)
    {
        var arcs = dotted.Split('.').Select(arc => BigInteger.Parse(arc, CultureInfo.InvariantCulture)).ToList();
        var numbers = arcs.Count == 1 ? arcs : [(arcs[0] * 40) + arcs[1], .. arcs.Skip(2)];
        var octets = new List<byte>();
        foreach (var number in numbers)
        {
            var groups = new List<byte>();
            var rest = number;
            do
            {
                groups.Insert(0, (byte)((int)(rest % 128) | (groups.Count > 0 ? 0x80 : 0)));
                rest /= 128;
            }
            while (rest > 0);
            octets.AddRange(groups);
        }

        return [.. octets];
    }

    private static bool IsOid(UnionModel type) =>
        Innermost(type.Selectors[0]) == $"{Runtime.Prefix}ObjectIdentifier"
        && type.Alternatives.All(alternative => alternative.Keys[0].ObjectIdentifier is not null);

    private static bool IsNumber(UnionModel type) =>
        (Innermost(type.Selectors[0]) is "int" or "long" || Innermost(type.Selectors[0]) == $"{Runtime.Prefix}Integer") && type.Alternatives.All(alternative => alternative.Keys[0].Number is not null);

    private static string Innermost(SelectorModel selector) => selector.Inner.Count > 0 ? selector.Inner[selector.Inner.Count - 1] : selector.Use.CSharpType;

    private static string Unwrap(SelectorModel selector, string name) => selector.Inner.Aggregate(name, (inner, outer) => $"(({outer}){inner})");

    private static void OfObjectIdentifier(SourceWriter writer, UnionModel type, string name)
    {
        writer.Line($"var octets = {Unwrap(type.Selectors[0], name)}.Encoded.Span;");
        var all = type.Alternatives.Select((alternative, i) => (Octets: Octets(alternative.Keys[0].ObjectIdentifier!), Index: i + 1)).ToList();
        writer.Open("switch (octets.Length)");
        foreach (var length in all.GroupBy(entry => entry.Octets.Length).OrderBy(group => group.Key))
        {
            writer.Line($"case {Number(length.Key)}:").Open($"switch (octets[{Number(length.Key - 1)}])");
            foreach (var last in length.GroupBy(entry => entry.Octets[entry.Octets.Length - 1]).OrderBy(group => group.Key))
            {
                writer.Line($"case {Number(last.Key)}:");
                foreach (var (octets, index) in last)
                {
                    writer.Open($"if (Same(octets, [{string.Join(", ", octets.Select(octet => Number(octet)))}]))").Line($"return {Number(index)};").Close();
                }

                writer.Line("break;");
            }

            writer.Close().Line("break;");
        }

        writer.Close().Line();
        writer.Line("static bool Same(global::System.ReadOnlySpan<byte> left, global::System.ReadOnlySpan<byte> right) => global::System.MemoryExtensions.SequenceEqual(left, right);").Line();
    }

    private static void OfNumber(SourceWriter writer, UnionModel type, string name)
    {
        var isAny = Innermost(type.Selectors[0]) is not ("int" or "long");
        var value = Unwrap(type.Selectors[0], name);
        if (isAny)
        {
            writer.Open($"if (!{value}.TryToInt64(out var number))").Line("return 0;").Close().Line();
        }

        writer.Open($"switch ({(isAny ? "number" : value)})");
        for (var i = 0; i < type.Alternatives.Count; i++)
        {
            writer.Line($"case {Number(type.Alternatives[i].Keys[0].Number!.Value)}:").Line($"    return {Number(i + 1)};");
        }

        writer.Close().Line();
    }

    private static void Keys(SourceWriter writer, UnionModel type)
    {
        for (var i = 0; i < type.Alternatives.Count; i++)
        {
            for (var k = 0; k < type.Selectors.Count; k++)
            {
                writer.Line().Line($"private static readonly {type.Selectors[k].Use.CSharpType} {Field(i, k)} = {type.Alternatives[i].Keys[k].Expression};");
            }
        }
    }

    private static string Field(int alternative, int key) => $"_key{Number(alternative + 1)}_{Number(key)}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
