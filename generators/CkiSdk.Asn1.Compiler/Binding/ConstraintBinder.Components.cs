using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>Inner subtyping (X.680 51.8), contents (X.682 11), and which type can have which constraint (X.680 51.1).</content>
internal sealed partial class ConstraintBinder
{
    /// <summary>Gets or sets what lists the components of a type.</summary>
    public Components Components { get; set; } = null!;

    private ConstraintNode WithComponent(WithComponentSyntax with, Context context)
    {
        var list = (SequenceOfTypeSyntax)context.Governor.Base;
        return Inner(with.Constraint, list.Element, context.Governor.Scope, context) is { } element ? new WithComponentNode(element) : new EveryValueNode();
    }

    private ConstraintNode WithComponents(WithComponentsSyntax with, Context context)
    {
        var isChoice = context.Governor.Base is ChoiceTypeSyntax;
        var members = context.Governor.Base switch
        {
            ChoiceTypeSyntax choice => Components.Members(choice.Alternatives, context.Governor.Scope),
            SequenceTypeSyntax sequence => Components.Members(sequence.Components, context.Governor.Scope),
            BuiltinTypeSyntax builtin when AssociatedTypes.OfConstraint(builtin.Name) is { } associated => Components.Members(associated.Type.Components, associated.Scope),
            _ => null,
        };
        if (members is null)
        {
            return new EveryValueNode();
        }

        var next = 0;
        var result = new List<ComponentConstraintNode>();
        foreach (var component in with.Components)
        {
            var index = Enumerable.Range(0, members.Count).Where(i => members[i].Syntax.Name == component.Name).DefaultIfEmpty(-1).First();
            if (index < 0 || result.Any(other => other.Name == component.Name))
            {
                _reporter.Error(Diagnostics.DiagnosticCodes.WrongConstraint, context.Scope.Unit, component.Span, index < 0 ? $"the type has no component {component.Name}" : $"{component.Name} is named twice");
                continue;
            }

            if (!isChoice && index < next)
            {
                Warning(component, context, $"{component.Name} stands before the component named last");
            }

            next = index + 1;
            var member = members[index];
            var inner = component.Constraint is { } constraint ? Inner(constraint, member.Syntax.Type, member.Scope, context) : null;
            result.Add(new ComponentConstraintNode(component.Name, inner, Presence(component, member, with.IsPartial, isChoice, context)));
        }

        return new WithComponentsNode(with.IsPartial, new EquatableArray<ComponentConstraintNode>(result));
    }

    private ComponentPresence Presence(ComponentConstraintSyntax component, Member member, bool isPartial, bool isChoice, Context context)
    {
        if (component.Presence == "ABSENT" && !isChoice && !member.Syntax.IsOptional && member.Syntax.Default is null && !member.IsAddition)
        {
            _reporter.Error(Diagnostics.DiagnosticCodes.WrongConstraint, context.Scope.Unit, component.Span, $"{component.Name} is always present");
            return ComponentPresence.Either;
        }

        return component.Presence switch
        {
            "PRESENT" => ComponentPresence.Present,
            "ABSENT" => ComponentPresence.Absent,
            null when !isPartial && !isChoice && member.Syntax.IsOptional => ComponentPresence.Present,
            _ => ComponentPresence.Either,
        };
    }

    // A constraint on an inner type is one more of that type: what the type has itself is checked where it is read.
    private ConstraintNode? Inner(ConstraintSyntax constraint, TypeSyntax type, Scope scope, Context context)
    {
        if (_peeler.Peel(type, scope) is not { } peeled || Governor(peeled) is not { } governor)
        {
            return null;
        }

        var effective = Effective(peeled);
        var node = Node(constraint, new Context(governor, context.Scope, effective is null ? null : Root(effective)) { IsInner = true });
        return node is EveryValueNode ? null : node;
    }

    private ContainingNode Contents(ContentsConstraintSyntax contents, Context context)
    {
        if (contents.Type is { } type)
        {
            _ = _peeler.Peel(type, context.Scope);
        }

        var rules = contents.EncodedBy is { } value ? _values.ObjectIdentifier(value, context.Scope) : null;
        return new ContainingNode(null, rules);
    }

    // X.680 51.1, Table 9.
    private bool Refuse(ElementsSyntax elements, Context context)
    {
        var doubt = (elements, context.Kind, context.Governor.Base) switch
        {
            (RangeSyntax, ConstrainedKind.List, _) => "a list is limited by SIZE: this range constrains nothing",
            (SizeSyntax { Constraint: { Root: SingleValueSyntax, IsExtensible: false } }, ConstrainedKind.Integer, _) => "a number has no size: this constrains nothing",
            (ContentsConstraintSyntax, ConstrainedKind.Bits, BitStringTypeSyntax { Names.Count: > 0 }) => "a BIT STRING with named bits contains nothing else (X.682 11.1): the contents are not checked",
            (ContentsConstraintSyntax, ConstrainedKind.Octets or ConstrainedKind.Bits, _) when context.IsInner => "what a string contains is checked where its own type says it, not where the constraint of another type does",
            (ContainedSubtypeSyntax or SingleValueSyntax or WithComponentsSyntax or WithComponentSyntax, ConstrainedKind.Open, _) when context.IsInner => "an open type is held to what chooses it, not to what the constraint of another type says",
            (SizeSyntax, ConstrainedKind.Associated, BuiltinTypeSyntax { Name: "CHARACTER STRING" }) => "how many characters there are only the syntax that a value names can say: this is not checked",
            // X.680 46.3 and 47.3: both are VisibleStrings, so modules give them sizes; of which characters they are made, DER says (X.690 11.7, 11.8).
            (SizeSyntax or AlphabetSyntax or PatternSyntax { Word: "PATTERN" }, ConstrainedKind.Moment, _) => "DER fixes the length and the characters of a time: this is not checked",
            _ => null,
        };
        if (doubt is not null)
        {
            Warning(elements, context, doubt);
            return true;
        }

        var fault = (elements, context.Kind) switch
        {
            (_, null) or (_, ConstrainedKind.Open) => null,
            (SizeSyntax, not (ConstrainedKind.Bits or ConstrainedKind.Octets or ConstrainedKind.Text or ConstrainedKind.List)) =>
                "SIZE is for strings and lists",
            (AlphabetSyntax, not ConstrainedKind.Text) => "FROM is for character strings",
            (PatternSyntax { Word: "PATTERN" }, not ConstrainedKind.Text) => "PATTERN is for character strings",
            (PatternSyntax { Word: "SETTINGS" }, not ConstrainedKind.Time) => "SETTINGS is for TIME",
            (RangeSyntax, not (ConstrainedKind.Integer or ConstrainedKind.Real or ConstrainedKind.Time or ConstrainedKind.Moment)) => "a range is for numbers, times and permitted alphabets",
            (WithComponentSyntax, not ConstrainedKind.List) => "WITH COMPONENT is for SEQUENCE OF and SET OF",
            (WithComponentsSyntax, not (ConstrainedKind.Structure or ConstrainedKind.Choice)) when context.Governor.Base is not BuiltinTypeSyntax type || AssociatedTypes.OfConstraint(type.Name) is null =>
                "WITH COMPONENTS is for SEQUENCE, SET, CHOICE and types with an associated type",
            (ContentsConstraintSyntax, not (ConstrainedKind.Octets or ConstrainedKind.Bits)) => "CONTAINING and ENCODED BY are for OCTET STRING and BIT STRING",
            _ => null,
        };
        if (fault is not null)
        {
            Error(elements, context, fault);
        }

        return fault is not null || context.Kind is null || (context.Kind == ConstrainedKind.Open && elements is not (UserConstraintSyntax or SetOperationSyntax));
    }
}
