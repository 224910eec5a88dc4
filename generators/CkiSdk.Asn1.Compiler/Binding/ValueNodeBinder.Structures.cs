using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Parsing;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>SEQUENCE, SET, SEQUENCE OF, SET OF and CHOICE (X.680 25 to 29).</content>
internal sealed partial class ValueNodeBinder
{
    /// <summary>Returns the name of a member, also of an unnamed one of X.208.</summary>
    public static string NameOf(Member member) => ComponentNames.Asn1Name(member.Syntax);

    private ValueNode? Sequence(SequenceTypeSyntax sequence, ValueSyntax value, Scope scope, Peeled definition)
    {
        if (value is not BlockValueSyntax block)
        {
            return Misfit(value, scope, definition);
        }

        var members = components.Members(sequence.Components, definition.Scope);
        if (members.Count > 0 && members.All(member => member.Syntax.Name is null))
        {
            return Unnamed(members, block, scope);
        }

        if (Parsed(Parser.ParseNamedValues(scope.Unit.Source, block.Tokens, block.Span)) is not { } given)
        {
            return null;
        }

        var values = new Dictionary<string, ValueNode?>(StringComparer.Ordinal);
        var next = 0;
        foreach (var part in given)
        {
            var index = components.IndexOf(sequence.Components, definition.Scope, part.Name);
            if (index < 0 || members[index].Syntax.Name != part.Name)
            {
                reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, part.Span, $"there is no component {part.Name} here; expected {Choices(members.Select(NameOf))}");
                return null;
            }

            if (values.ContainsKey(part.Name))
            {
                reporter.Error(DiagnosticCodes.DuplicateName, scope.Unit, part.Span, $"the component {part.Name} is given twice");
                return null;
            }

            // X.680 25.18: in a SEQUENCE they stand in the order of the type.
            if (index < next && !sequence.IsSet)
            {
                reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, part.Span, $"the component {part.Name} stands before those that are given already: a SEQUENCE has an order");
                return null;
            }

            next = index + 1;
            values.Add(part.Name, Bind(part.Value, scope, members[index].Syntax.Type, members[index].Scope));
        }

        return Joined(members, values, block, scope);
    }

    private SequenceNode? Unnamed(IReadOnlyList<Member> members, BlockValueSyntax block, Scope scope)
    {
        if (Parsed(Parser.ParseValueList(scope.Unit.Source, block.Tokens, block.Span)) is not { } given)
        {
            return null;
        }

        if (given.Count > members.Count)
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, block.Span, $"expected {members.Count} values, found {given.Count}");
            return null;
        }

        var values = new Dictionary<string, ValueNode?>(StringComparer.Ordinal);
        for (var i = 0; i < given.Count; i++)
        {
            values[NameOf(members[i])] = Bind(given[i], scope, members[i].Syntax.Type, members[i].Scope);
        }

        return Joined(members, values, block, scope);
    }

    private SequenceNode? Joined(IReadOnlyList<Member> members, Dictionary<string, ValueNode?> values, BlockValueSyntax block, Scope scope)
    {
        var given = new List<FieldNode>();
        foreach (var member in members)
        {
            if (values.TryGetValue(NameOf(member), out var node))
            {
                if (node is null)
                {
                    return null;
                }

                given.Add(new FieldNode(NameOf(member), node));
            }
            else if (!member.Syntax.IsOptional && member.Syntax.Default is null && !member.IsAddition)
            {
                reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, block.Span, $"the component {NameOf(member)} must have a value here");
                return null;
            }
        }

        return new SequenceNode(new EquatableArray<FieldNode>(given));
    }

    private ValueNode? List(SequenceOfTypeSyntax list, ValueSyntax value, Scope scope, Peeled definition)
    {
        if (value is not BlockValueSyntax block)
        {
            return Misfit(value, scope, definition);
        }

        if (Elements(list, block, scope) is not { } values)
        {
            return null;
        }

        var items = new List<ValueNode>();
        foreach (var element in values)
        {
            if (Bind(element, scope, list.Element, definition.Scope) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new ListNode(new EquatableArray<ValueNode>(items));
    }

    /// <summary>The elements of a list whose type names them are written with that name (X.680 26.3).</summary>
    private IReadOnlyList<ValueSyntax>? Elements(SequenceOfTypeSyntax list, BlockValueSyntax block, Scope scope)
    {
        var isNamed = list.ElementName is { } name && block.Tokens.Count > 1 && block.Tokens[0].Text == name
            && !block.Tokens[1].Is(",") && !block.Tokens[1].Is(":") && !block.Tokens[1].Is(".");
        return isNamed
            ? Parsed(Parser.ParseNamedValues(scope.Unit.Source, block.Tokens, block.Span))?.Select(part => part.Value).ToList()
            : Parsed(Parser.ParseValueList(scope.Unit.Source, block.Tokens, block.Span));
    }

    private ValueNode? Choice(ChoiceTypeSyntax choice, ValueSyntax value, Scope scope, Peeled definition)
    {
        if (value is not ChoiceValueSyntax given)
        {
            return Misfit(value, scope, definition);
        }

        var alternatives = components.Members(choice.Alternatives, definition.Scope);
        if (components.IndexOf(choice.Alternatives, definition.Scope, given.Alternative) is not (>= 0 and var index))
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, $"there is no alternative {given.Alternative} here; expected {Choices(alternatives.Select(NameOf))}");
            return null;
        }

        var chosen = alternatives[index];
        return Bind(given.Value, scope, chosen.Syntax.Type, chosen.Scope) is { } node ? new ChoiceNode(given.Alternative, node) : null;
    }
}
