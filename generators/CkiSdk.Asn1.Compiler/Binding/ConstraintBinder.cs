using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Turns the constraints of a type into one tree (X.680 49 to 51, X.682 9 to 11) and reports those that make no sense.</summary>
internal sealed partial class ConstraintBinder
{
    private const int MostDepth = 100;

    // Types that contain one another twice each would double the work with each of them.
    private const int MostElements = 500_000;

    private readonly Peeler _peeler;
    private readonly ValueBinder _values;
    private readonly ConstantBinder _constants;
    private readonly AlphabetBinder _alphabets;
    private readonly Reporter _reporter;
    private readonly Dictionary<AssignmentSyntax, ConstraintNode?> _known = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly ConstraintParts _parts = new();
    private readonly Trail _trail = new();
    private int _depth;
    private int _elements;

    /// <summary>Takes what it looks things up in.</summary>
    public ConstraintBinder(Peeler peeler, ValueBinder values, Reporter reporter)
    {
        (_peeler, _values, _reporter) = (peeler, values, reporter);
        _constants = new ConstantBinder(values);
        _alphabets = new AlphabetBinder(_constants, AlphabetOf, reporter);
    }

    /// <summary>Returns what the constraints written at a type permit, beyond those of the type that it refers to; null where there are none.</summary>
    public ConstraintModel? Bind(Peeled peeled)
    {
        if (peeled.Constraints.Count == 0 || Governor(peeled) is not { } governor)
        {
            return null;
        }

        var inherited = peeled.Target is null ? null : Inherited(peeled.Target);
        var own = Serial(peeled, governor, inherited);

        // The parent's extensions go where a constraint follows (X.680 50.9); its root is checked by itself otherwise.
        var node = inherited is not null && IsExtensible(inherited) ? And(Root(inherited), own) : own;
        var (last, scope) = peeled.Constraints[0];
        if (EmptySets.IsEmpty(inherited is null ? Root(own) : And(Root(inherited), Root(own))))
        {
            _reporter.Warning(Diagnostics.DiagnosticCodes.WrongConstraint, scope.Unit, last.Span, "no value meets this constraint");
        }

        return node is EveryValueNode ? null : new ConstraintModel(node, Notation(peeled));
    }

    /// <summary>Returns all that a type permits, what it inherits included; null where it has no constraint.</summary>
    public ConstraintNode? Effective(Peeled peeled)
    {
        if (_depth >= MostDepth || Governor(peeled) is not { } governor)
        {
            return null;
        }

        _depth++;
        var inherited = peeled.Target is null ? null : Inherited(peeled.Target);
        var node = peeled.Constraints.Count == 0 ? inherited
            : inherited is null ? Serial(peeled, governor, null) : And(Root(inherited), Serial(peeled, governor, inherited));
        _depth--;
        return node;
    }

    /// <summary>Returns all that a type permits; null where it has no constraint.</summary>
    public ConstraintNode? Effective(TypeSyntax type, Scope scope) => _peeler.Peel(type, scope) is { } peeled ? Effective(peeled) : null;

    /// <summary>Returns what is left of a constraint that another one follows: without extension markers and what stands behind them (X.680 50.9).</summary>
    public static ConstraintNode Root(ConstraintNode node) => node switch
    {
        ExtensibleNode extensible => Root(extensible.Root),
        AlphabetNode alphabet => alphabet with { IsExtensible = false },
        SizeNode size => new SizeNode(Root(size.Sizes)),
        UnionNode union => new UnionNode(new(union.Operands.Select(Root))),
        IntersectionNode intersection => new IntersectionNode(new(intersection.Operands.Select(Root))),
        ExceptNode except => new ExceptNode(Root(except.Included), Root(except.Excluded)),
        _ => node,
    };

    private static bool IsExtensible(ConstraintNode node) => !Root(node).Equals(node);

    private static ConstraintNode And(ConstraintNode first, ConstraintNode second)
    {
        var operands = new[] { first, second }.SelectMany(node => node is IntersectionNode inner ? inner.Operands : (IEnumerable<ConstraintNode>)[node])
            .Where(node => node is not EveryValueNode).Distinct().ToList();
        return operands.Count switch
        {
            0 => new EveryValueNode(),
            1 => operands[0],
            _ => new IntersectionNode(new EquatableArray<ConstraintNode>(operands)),
        };
    }

    private static string Notation(Peeled peeled) => string.Concat(peeled.Constraints.Reverse().Select(entry =>
    {
        var text = NotationText.OneLine(entry.Scope.Unit.Source, entry.Constraint.Span);
        return text.StartsWith("(", StringComparison.Ordinal) ? text : $"({text})";
    }));

    private Peeled? Governor(Peeled peeled) => peeled.Target is null ? peeled : _peeler.Definition(peeled.Base, peeled.Scope);

    private ConstraintNode? Inherited(Symbol target)
    {
        if (!_known.TryGetValue(target.Assignment, out var node))
        {
            // A type that is defined by itself is reported elsewhere.
            _known[target.Assignment] = null;
            node = Effective(((TypeAssignmentSyntax)target.Assignment).Type, target.Unit.Scope);
            if (node is not null && !_parts.AreFew(node))
            {
                _reporter.Error(Diagnostics.DiagnosticCodes.TooDeep, target.Unit, target.Assignment.NameSpan, $"the constraint of {target.Assignment.Name} takes in others and has more parts with them than the compiler follows");
                node = null;
            }

            _known[target.Assignment] = node;
        }

        return node;
    }

    // The constraint written first is the innermost, which is the last of the list.
    private ConstraintNode Serial(Peeled peeled, Peeled governor, ConstraintNode? inherited)
    {
        ConstraintNode current = new EveryValueNode();
        foreach (var (constraint, scope) in peeled.Constraints.Reverse())
        {
            var parent = inherited is null ? Root(current) : And(Root(inherited), Root(current));
            current = And(Root(current), Node(constraint, new Context(governor, scope, parent)));
        }

        return current;
    }

    private ConstraintNode Node(ConstraintSyntax constraint, Context context)
    {
        var root = Elements(constraint.Root, context);
        return !constraint.IsExtensible ? root
            : new ExtensibleNode(root, constraint.Additional is { } additional ? Elements(additional, context with { Parent = null }) : null);
    }

    private IReadOnlyList<CharacterRange>? AlphabetOf(TypeSyntax type, Scope scope)
    {
        if (_peeler.Definition(type, scope) is not { Base: BuiltinTypeSyntax builtin } definition || ConstrainedKinds.Of(definition.Base) != ConstrainedKind.Text)
        {
            return null;
        }

        var ofType = CharacterRanges.OfType(builtin.Name);
        return Included(type, scope, type, () => Effective(type, scope)) is { } node ? Alphabet(node, ofType) : ofType;
    }

    private static IReadOnlyList<CharacterRange> Alphabet(ConstraintNode node, IReadOnlyList<CharacterRange> ofType) => node switch
    {
        AlphabetNode alphabet => CharacterRanges.Intersect(ofType, alphabet.Characters),
        IntersectionNode intersection => intersection.Operands.Aggregate(ofType, (characters, operand) => Alphabet(operand, characters)),
        UnionNode { Operands.Count: > 0 } union => union.Operands.Select(operand => Alphabet(operand, ofType)).Aggregate(CharacterRanges.Union),
        ExtensibleNode extensible => Alphabet(extensible.Root, ofType),
        SingleValueNode { Value: TextNode text } => CharacterRanges.Intersect(ofType, CharacterRanges.OfText(text.Text)),
        _ => ofType,
    };

    /// <summary>Says where a constraint stands: on which type, in which scope, and what the constraints before it permit.</summary>
    private sealed record Context(Peeled Governor, Scope Scope, ConstraintNode? Parent)
    {
        public ConstrainedKind? Kind { get; } = ConstrainedKinds.Of(Governor.Base);

        /// <summary>Gets a value indicating whether the constraint is one of a component or an element, inside that of another type.</summary>
        public bool IsInner { get; init; }
    }
}
