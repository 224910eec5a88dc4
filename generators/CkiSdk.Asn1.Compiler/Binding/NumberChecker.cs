using System.Numerics;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks the numbers of enumerations, named numbers and named bits (X.680 19, 20, 22).</summary>
internal sealed class NumberChecker(ValueBinder values, Reporter reporter)
{
    /// <summary>Checks an enumeration: names and numbers differ, and those behind the marker rise (X.680 20.2, 20.4, 20.6).</summary>
    public void Enumeration(EnumeratedTypeSyntax type, Scope scope)
    {
        var items = EnumeratedNumbers.Assign(type, item => values.Number(item.Value!, scope));
        var seen = new Dictionary<BigInteger, string>();
        BigInteger? last = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Number is not { } number)
            {
                continue;
            }

            var (item, name) = (items[i].Item, items[i].Item.Name);
            if (seen.TryGetValue(number, out var other))
            {
                reporter.Error(DiagnosticCodes.DuplicateName, scope.Unit, item.Span, $"{name} has the number {number}, which {other} has already");
            }
            else
            {
                seen.Add(number, name);
            }

            if (i >= type.Root.Count && number <= last && seen[number] == name)
            {
                reporter.Error(
                    DiagnosticCodes.WrongExtension, scope.Unit, item.Span, $"{name} has the number {number}, expected one above {last}: items behind the marker rise");
            }

            last = i < type.Root.Count ? null : last is null || number > last ? number : last;
        }

        SameNames(items.Select(item => item.Item), scope);
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
}
