using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds the named numbers of an INTEGER, the named bits of a BIT STRING and the items of an ENUMERATED: the list is gone through once for a type, however many values name one of it.</summary>
internal sealed class NamedItems
{
    private static readonly ConditionalWeakTable<TypeSyntax, NamedItems> Known = new();

    private readonly Dictionary<string, NamedNumberSyntax> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byDigits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sharedMembers = new(StringComparer.Ordinal);

    private NamedItems(IEnumerable<NamedNumberSyntax> items)
    {
        foreach (var item in items)
        {
            // The first of two with one name counts; the other one is reported where it stands.
            if (!_byName.ContainsKey(item.Name))
            {
                _byName.Add(item.Name, item);
            }

            if (item.Value is LiteralValueSyntax literal && !_byDigits.ContainsKey(literal.Token.Text))
            {
                _byDigits.Add(literal.Token.Text, item.Name);
            }

            var member = Names.Pascal(item.Name);
            if (!_members.Add(member))
            {
                _sharedMembers.Add(member);
            }
        }
    }

    /// <summary>Returns those of a type; none for a type that names nothing.</summary>
    public static NamedItems Of(TypeSyntax type) => Known.GetValue(type, static type => new(type switch
    {
        IntegerTypeSyntax integer => integer.Names,
        BitStringTypeSyntax bits => bits.Names,
        EnumeratedTypeSyntax items => items.Root.Concat(items.Additional),
        _ => [],
    }));

    /// <summary>Returns what has a name; null for nothing.</summary>
    public NamedNumberSyntax? Find(string name) => _byName.TryGetValue(name, out var item) ? item : null;

    /// <summary>Returns the first name whose number is written in these digits; null for none.</summary>
    public string? NameOf(string digits) => _byDigits.TryGetValue(digits, out var name) ? name : null;

    /// <summary>Says whether no other name becomes the same in C#, whatever rule adds an underscore to it: names of ASN.1 have none.</summary>
    public bool IsAlone(string name) => !_sharedMembers.Contains(Names.Pascal(name));
}
