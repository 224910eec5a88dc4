using System.Numerics;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks the numbers of enumerations, named numbers and named bits, and gives numbers to the items that have none (X.680 19, 20, 22).</summary>
internal sealed class NumberChecker(ValueBinder values, Reporter reporter)
{
    /// <summary>Returns the numbers of all items in the order of the text (X.680 20.3, 20.5); null where a number cannot be worked out.</summary>
    public IReadOnlyList<BigInteger?> Items(EnumeratedTypeSyntax type, Scope scope)
    {
        var root = Given(type.Root, scope);
        var used = new HashSet<BigInteger>(root.OfType<BigInteger>());
        BigInteger next = 0;
        for (var i = 0; i < root.Count; i++)
        {
            if (type.Root[i].Value is null)
            {
                next = Free(next, used);
                root[i] = next;
                used.Add(next);
            }
        }

        var additional = Given(type.Additional, scope);
        next = 0;
        for (var i = 0; i < additional.Count; i++)
        {
            additional[i] ??= type.Additional[i].Value is null ? Free(next, used) : null;
            next = additional[i] is { } number && number >= next ? number + 1 : next;
        }

        return [.. root, .. additional];
    }

    /// <summary>Checks an enumeration: names and numbers differ, and those behind the marker rise (X.680 20.2, 20.4, 20.6).</summary>
    public void Enumeration(EnumeratedTypeSyntax type, Scope scope)
    {
        var items = type.Root.Concat(type.Additional).ToList();
        var numbers = Items(type, scope);
        var seen = new Dictionary<BigInteger, string>();
        BigInteger? last = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (numbers[i] is not { } number)
            {
                continue;
            }

            if (seen.TryGetValue(number, out var other))
            {
                reporter.Error(DiagnosticCodes.DuplicateName, scope.Unit, items[i].Span, $"{items[i].Name} has the number {number}, which {other} has already");
            }
            else
            {
                seen.Add(number, items[i].Name);
            }

            if (i >= type.Root.Count && number <= last && seen[number] == items[i].Name)
            {
                reporter.Error(
                    DiagnosticCodes.WrongExtension, scope.Unit, items[i].Span, $"{items[i].Name} has the number {number}, expected one above {last}: items behind the marker rise");
            }

            last = i < type.Root.Count ? null : last is null || number > last ? number : last;
        }

        SameNames(items, scope);
    }

    /// <summary>Checks named numbers or bits: names and numbers differ (X.680 19.3, 19.4, 22.3, 22.5).</summary>
    public void Names(IReadOnlyList<NamedNumberSyntax> names, Scope scope)
    {
        var seen = new Dictionary<BigInteger, string>();
        foreach (var name in names)
        {
            if (name.Value is null || values.Number(name.Value, scope) is not { } number)
            {
                continue;
            }

            if (seen.TryGetValue(number, out var other) && other != name.Name)
            {
                reporter.Error(DiagnosticCodes.DuplicateName, scope.Unit, name.Span, $"{name.Name} has the number {number}, which {other} has already");
            }

            seen[number] = name.Name;
        }

        SameNames(names, scope);
    }

    private void SameNames(IEnumerable<NamedNumberSyntax> names, Scope scope)
    {
        foreach (var again in names.GroupBy(name => name.Name, StringComparer.Ordinal).SelectMany(group => group.Skip(1)))
        {
            reporter.Error(DiagnosticCodes.DuplicateName, scope.Unit, again.Span, $"the name {again.Name} is already used");
        }
    }

    private List<BigInteger?> Given(IEnumerable<NamedNumberSyntax> items, Scope scope) =>
        [.. items.Select(item => item.Value is null ? null : values.Number(item.Value, scope))];

    private static BigInteger Free(BigInteger next, HashSet<BigInteger> used)
    {
        while (used.Contains(next))
        {
            next++;
        }

        return next;
    }
}
