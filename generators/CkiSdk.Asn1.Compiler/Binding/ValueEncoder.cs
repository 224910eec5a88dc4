using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Writes values as DER (X.690 8 to 11) while modules are compiled, for defaults and for values that C# decodes.</summary>
internal sealed class ValueEncoder(Peeler peeler, Components components, TagBinder tags, ValueNodeBinder values, Reporter reporter)
{
    private const int MostOctets = 1 << 20;

    private readonly Dictionary<(SyntaxNode, string), string?> _defaults = new(PlaceComparer.Instance);
    private readonly HashSet<NamedComponentSyntax> _inProgress = new(ReferenceComparer<NamedComponentSyntax>.Instance);

    /// <summary>Returns the octets of a value in hexadecimal; null where a part of its type is not there.</summary>
    /// <param name="node">A value of the type.</param>
    /// <param name="type">The type.</param>
    /// <param name="scope">Where the type is written.</param>
    /// <param name="automaticTag">The tag that automatic tagging gives to the component; null for none.</param>
    public string? Encode(ValueNode node, TypeSyntax type, Scope scope, int? automaticTag = null) =>
        Element(node, type, scope, automaticTag) is { } octets ? Bits.ToHex(octets) : null;

    /// <summary>Returns the octets of a component's DEFAULT in hexadecimal; null where it has none that can be worked out.</summary>
    public string? Default(Member member)
    {
        if (member.Syntax.Default is not { } value || !_inProgress.Add(member.Syntax))
        {
            return null;
        }

        var key = (member.Syntax, $"{member.Scope.Key}#{member.AutomaticTag}");
        if (!_defaults.TryGetValue(key, out var der))
        {
            der = values.Bind(value, member.Scope, member.Syntax.Type, member.Scope) is { } node ? Encode(node, member.Syntax.Type, member.Scope, member.AutomaticTag) : null;
            _defaults[key] = der;
        }

        _inProgress.Remove(member.Syntax);
        return der;
    }

    private byte[]? Element(ValueNode node, TypeSyntax type, Scope scope, int? automaticTag)
    {
        if (peeler.Peel(type, scope) is not { } peeled || peeler.Definition(type, scope) is not { } definition)
        {
            return null;
        }

        var chain = tags.Chain(peeled).ToList();
        if (automaticTag is { } number)
        {
            TagBinder.Apply(chain, TagModelClass.Context, number, true);
        }

        var octets = Contents(node, definition);
        for (var i = chain.Count - 1; i >= 0 && octets is not null; i--)
        {
            octets = DerOctets.Element(chain[i], octets);
        }

        if (octets is null || octets.Length <= MostOctets)
        {
            return octets;
        }

        reporter.Error(DiagnosticCodes.TooDeep, scope.Unit, type.Span, "a value of this type has more octets than the compiler writes");
        return null;
    }

    private byte[]? Contents(ValueNode node, Peeled definition) => (node, definition.Base) switch
    {
        (BooleanNode boolean, _) => [boolean.Value ? (byte)0xFF : (byte)0],
        (IntegerNode integer, _) => DerOctets.Integer(integer.Value),
        (EnumeratedNode item, _) => DerOctets.Integer(item.Number),
        (RealNode or SpecialRealNode, _) => DerOctets.Real(node),
        (BitsNode bits, BitStringTypeSyntax type) => DerOctets.BitString(bits, type.Names.Count > 0),
        (OctetsNode octets, _) => Bits.FromHex(octets.Hex),
        (NullNode, _) => [],
        (OidNode oid, _) => DerOctets.ObjectIdentifier(oid.Dotted),
        (RelativeOidNode oid, _) => DerOctets.RelativeOid(oid.Dotted),
        (TextNode text, BuiltinTypeSyntax type) => DerOctets.Text(type.Name, text.Text),
        (TimeNode time, BuiltinTypeSyntax type) => TimeNotation.Der(type.Name, time.Text) is { } text ? DerOctets.Text("IA5String", text) : null,
        (OpenNode open, _) => Bits.FromHex(open.Der),
        (SequenceNode sequence, SequenceTypeSyntax type) => Sequence(sequence, type, definition.Scope),
        (SequenceNode sequence, BuiltinTypeSyntax type) => Sequence(sequence, AssociatedTypes.Of(type.Name)),
        (SequenceNode sequence, InstanceOfTypeSyntax) => Sequence(sequence, AssociatedTypes.Of("INSTANCE OF")),
        (ListNode list, SequenceOfTypeSyntax type) => List(list, type, definition.Scope),
        (ChoiceNode choice, ChoiceTypeSyntax type) => components.IndexOf(type.Alternatives, definition.Scope, choice.Alternative) is >= 0 and var index
            && components.Members(type.Alternatives, definition.Scope)[index] is var chosen ? Element(choice.Value, chosen.Syntax.Type, chosen.Scope, chosen.AutomaticTag) : null,
        _ => null,
    };

    private byte[]? Sequence(SequenceNode node, (TypeSyntax Type, Scope Scope) associated) => Sequence(node, (SequenceTypeSyntax)associated.Type, associated.Scope);

    private byte[]? Sequence(SequenceNode node, SequenceTypeSyntax type, Scope scope)
    {
        // A component that the value names twice is an error of its own, which has no encoding.
        var fields = new Dictionary<string, ValueNode>(StringComparer.Ordinal);
        foreach (var field in node.Fields)
        {
            if (fields.ContainsKey(field.Name))
            {
                return null;
            }

            fields.Add(field.Name, field.Value);
        }

        var elements = new List<byte[]>();
        foreach (var member in components.Members(type.Components, scope))
        {
            if (!fields.TryGetValue(ValueNodeBinder.NameOf(member), out var value))
            {
                continue;
            }

            if (Element(value, member.Syntax.Type, member.Scope, member.AutomaticTag) is not { } octets)
            {
                return null;
            }

            if (member.Syntax.Default is null || Default(member) != Bits.ToHex(octets))
            {
                elements.Add(octets);
            }
        }

        return DerOctets.Join(type.IsSet ? elements.OrderBy(DerOctets.TagOrder) : elements);
    }

    private byte[]? List(ListNode list, SequenceOfTypeSyntax type, Scope scope)
    {
        var elements = new List<byte[]>();
        foreach (var item in list.Items)
        {
            if (Element(item, type.Element, scope, null) is not { } octets)
            {
                return null;
            }

            elements.Add(octets);
        }

        if (type.IsSet)
        {
            elements.Sort(DerOctets.Compare);
        }

        return DerOctets.Join(elements);
    }
}
