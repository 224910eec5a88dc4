using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is the object identifier of a module (X.680 13.1): the arcs as far as they are written, each with name, number or both.</summary>
internal sealed class ModuleOid
{
    private static readonly Dictionary<string, int> Roots = new(StringComparer.Ordinal)
    {
        ["itu-t"] = 0,
        ["ccitt"] = 0,
        ["itu-r"] = 0,
        ["iso"] = 1,
        ["joint-iso-itu-t"] = 2,
        ["joint-iso-ccitt"] = 2,
    };

    private static readonly Dictionary<string, int> Second = new(StringComparer.Ordinal)
    {
        ["standard"] = 0,
        ["registration-authority"] = 1,
        ["member-body"] = 2,
        ["identified-organization"] = 3,
        ["recommendation"] = 0,
        ["question"] = 1,
        ["administration"] = 2,
        ["network-operator"] = 3,
    };

    private readonly List<(string? Name, BigInteger? Number)> _arcs;

    private ModuleOid(List<(string? Name, BigInteger? Number)> arcs) => _arcs = arcs;

    /// <summary>Gets how many arcs there are.</summary>
    public int Count => _arcs.Count;

    /// <summary>Says whether a name is that of an arc at the root.</summary>
    public static bool IsRoot(string name) => Roots.ContainsKey(name);

    /// <summary>Reads an object identifier; a name without number may stand for a value of the module that it is written in or one that this imports. Null where nothing is written.</summary>
    public static ModuleOid? Read(ValueSyntax? value, OidScope scope)
    {
        var arcs = new List<(string? Name, BigInteger? Number)>();
        Read(value, scope, arcs, 0);
        return arcs.Count == 0 ? null : new ModuleOid(arcs);
    }

    /// <summary>Returns how arc number <paramref name="index"/> is told apart from others: its number, else its name.</summary>
    public string Arc(int index) => _arcs[index].Number?.ToString(CultureInfo.InvariantCulture) ?? _arcs[index].Name ?? string.Empty;

    /// <summary>Says whether both are the same object identifier as far as can be seen.</summary>
    public bool Matches(ModuleOid other) => Count == other.Count && Begins(other, Count);

    /// <summary>Says whether this is a later version of the other: the last arc is greater (X.680 13.16, WITH SUCCESSORS).</summary>
    public bool Succeeds(ModuleOid other) =>
        Count == other.Count && Begins(other, Count - 1) && _arcs[Count - 1].Number is { } mine && other._arcs[Count - 1].Number is { } theirs && mine > theirs;

    /// <summary>Says whether both differ in nothing but the last arc, as versions of one module do.</summary>
    public bool IsSibling(ModuleOid other) => Count == other.Count && Begins(other, Count - 1);

    /// <summary>Says whether this lies below the other (X.680 13.16, WITH DESCENDANTS).</summary>
    public bool Descends(ModuleOid other) => Count > other.Count && Begins(other, other.Count);

    private bool Begins(ModuleOid other, int arcs) => Enumerable.Range(0, arcs).All(index => IsSame(_arcs[index], other._arcs[index]));

    private static bool IsSame((string? Name, BigInteger? Number) left, (string? Name, BigInteger? Number) right) =>
        left.Number is { } one && right.Number is { } two ? one == two : left.Name is not null && left.Name == right.Name;

    private static void Read(ValueSyntax? value, OidScope scope, List<(string? Name, BigInteger? Number)> arcs, int depth)
    {
        if (depth > 20)
            return;
        if (value is ReferenceValueSyntax { Module: null } reference && scope.Find(reference.Name) is { } target)
            Read(target.Value, target.Scope, arcs, depth + 1);
        if (value is not BlockValueSyntax block)
            return;
        for (var i = 0; i < block.Tokens.Count; i++)
        {
            var token = block.Tokens[i];
            if (token.Kind == TokenKind.Number)
                arcs.Add((null, Number(token)));
            if (token.Kind is not (TokenKind.LowerWord or TokenKind.UpperWord))
                continue;
            if (i + 2 < block.Tokens.Count && block.Tokens[i + 1].Is("(") && block.Tokens[i + 2].Kind == TokenKind.Number)
            {
                arcs.Add((token.Text, Number(block.Tokens[i + 2])));
                i += 3;
            }
            else if (arcs.Count == 0 && !Roots.ContainsKey(token.Text) && scope.Find(token.Text) is { } start)
            {
                Read(start.Value, start.Scope, arcs, depth + 1);
            }
            else
            {
                arcs.Add((token.Text, WellKnown(token.Text, arcs)));
            }
        }
    }

    private static BigInteger Number(Token token) => BigInteger.Parse(token.Text, CultureInfo.InvariantCulture);

    // X.660 A: names that may stand without their number; below "recommendation" the letter of the series.
    private static BigInteger? WellKnown(string name, List<(string? Name, BigInteger? Number)> arcs) => arcs.Count switch
    {
        0 when Roots.TryGetValue(name, out var root) => root,
        1 when Second.TryGetValue(name, out var second) => second,
        2 when name.Length == 1 && arcs[1].Name == "recommendation" && name[0] is >= 'a' and <= 'z' => name[0] - 'a' + 1,
        _ => null,
    };
}
