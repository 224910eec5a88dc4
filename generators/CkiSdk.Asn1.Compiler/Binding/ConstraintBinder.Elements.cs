using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <content>The forms that a constraint is made of (X.680 50, 51).</content>
internal sealed partial class ConstraintBinder
{
    private ConstraintNode Elements(ElementsSyntax elements, Context context)
    {
        if (_depth >= MostDepth || ++_elements > MostElements)
        {
            _reporter.Error(DiagnosticCodes.TooDeep, context.Scope.Unit, elements.Span, "constraints are nested too deeply here");
            return new EveryValueNode();
        }

        _depth++;
        var node = Refuse(elements, context) ? new EveryValueNode() : Element(elements, context);
        _depth--;
        return node;
    }

    private ConstraintNode Element(ElementsSyntax elements, Context context) => elements switch
    {
        SetOperationSyntax operation => Operation(operation, context),
        SingleValueSyntax single => Single(single, context),
        RangeSyntax range => Range(range, context),
        ContainedSubtypeSyntax subtype => Contained(subtype, context),
        SizeSyntax size => Size(size, context),
        AlphabetSyntax alphabet => Alphabet(alphabet, context),
        PatternSyntax { Word: "PATTERN" } pattern => Pattern(pattern, context),
        PatternSyntax settings => Settings(settings, context),
        WithComponentSyntax with => WithComponent(with, context),
        WithComponentsSyntax with => WithComponents(with, context),
        UserConstraintSyntax user => new UserDefinedNode(string.Join(" ", user.Block.Tokens.Select(token => token.Text))),
        ContentsConstraintSyntax contents => Contents(contents, context),
        _ => new EveryValueNode(),
    };

    private ConstraintNode Operation(SetOperationSyntax operation, Context context)
    {
        var operands = operation.Operands.Select(operand => Elements(operand, context)).ToList();
        if (operation.Operator == "|")
        {
            Twice(operation, operands, context);
        }

        return operation.Operator switch
        {
            "|" => operands.Distinct().ToList() is { Count: not 1 } different ? new UnionNode(new EquatableArray<ConstraintNode>(different)) : operands[0],
            "^" => operands.Aggregate(And),
            "EXCEPT" => new ExceptNode(operands[0], Root(operands[1])),
            _ => new ExceptNode(new EveryValueNode(), Root(operands[0])),
        };
    }

    private void Twice(SetOperationSyntax operation, List<ConstraintNode> operands, Context context)
    {
        var seen = new HashSet<ConstraintNode>();
        for (var i = 0; i < operands.Count; i++)
        {
            if (operands[i] is SingleValueNode && operation.Operands[i] is SingleValueSyntax single && !IsOfTable(single.Value) && !seen.Add(operands[i]))
            {
                Warning(single, context, "this value is permitted already");
            }
        }
    }

    private ConstraintNode Single(SingleValueSyntax single, Context context)
    {
        // The only value of a SEQUENCE without components is the one in which all are absent.
        if (context.Kind == ConstrainedKind.Structure && single.Value is BlockValueSyntax { Tokens.Count: 0 })
        {
            return new WithComponentsNode(false, default);
        }

        // Other compilers take the number, which may have been meant for a length.
        if (context.Kind is ConstrainedKind.Octets or ConstrainedKind.Bits or ConstrainedKind.Text && single.Value is LiteralValueSyntax { Token.Kind: TokenKind.Number } number)
        {
            Warning(single, context, $"a number is no value of this type, and SIZE ({number.Token.Text}) limits its length: this constrains nothing");
            return new EveryValueNode();
        }

        if (Canonical(_constants.Bind(single.Value, context.Governor, context.Scope), context) is not { } value)
        {
            return new EveryValueNode();
        }

        // The values of an object set stand where its objects do.
        if (context.Parent is not null && !IsOfTable(single.Value) && ConstraintCheck.Permits(context.Parent, value) == false)
        {
            Error(single, context, "this value is none that the type had before");
        }

        return value is SequenceNode or ListNode or ChoiceNode ? new SingleValueNode(value) { Content = Content(value, context) } : new SingleValueNode(value);
    }

    // A CHOICE has no octets of its own around those of its alternative.
    private string? Content(ValueNode value, Context context) =>
        _values.Nodes.Encoder.Encode(value, context.Governor.Base, context.Governor.Scope) is not { } der ? null
        : value is ChoiceNode ? der : Bits.ToHex(DerOctets.Content(Bits.FromHex(der)));

    private static bool IsOfTable(ValueSyntax value) => value is ReferenceValueSyntax reference && reference.Name[0] == '#';

    private ConstraintNode Range(RangeSyntax range, Context context) => context.Kind switch
    {
        ConstrainedKind.Real => RealRange(range, context),
        ConstrainedKind.Time or ConstrainedKind.Moment => TimeRange(range, context),
        _ => NumberRange(range, context),
    };

    private ConstraintNode NumberRange(RangeSyntax range, Context context)
    {
        var (isKnown, lower) = End(range.Lower, "MIN", context);
        var (isUpperKnown, upper) = End(range.Upper, "MAX", context);
        if (!isKnown || !isUpperKnown)
        {
            return new EveryValueNode();
        }

        var (minimum, maximum) = (lower + (range.LowerOpen ? 1 : 0), upper - (range.UpperOpen ? 1 : 0));
        if (minimum > maximum)
        {
            Error(range, context, "this range is empty");
            return new EveryValueNode();
        }

        var bounds = context.Parent is null ? default : ConstraintBounds.OfNumbers(context.Parent);
        if (minimum < bounds.Minimum || maximum > bounds.Maximum || minimum > bounds.Maximum || maximum < bounds.Minimum)
        {
            Error(range, context, "an end of this range is no value that the type had before");
        }

        return new NumberRangeNode(minimum, maximum);
    }

    private (bool IsKnown, BigInteger? Value) End(ValueSyntax value, string word, Context context)
    {
        if (value is WordValueSyntax { Word: "MIN" or "MAX" } end)
        {
            if (end.Word != word)
            {
                _reporter.Error(DiagnosticCodes.WrongConstraint, context.Scope.Unit, value.Span, $"{end.Word} at the other end of a range");
            }

            return (end.Word == word, null);
        }

        return _constants.Bind(value, context.Governor, context.Scope) is IntegerNode number ? (true, number.Value) : (false, null);
    }

    private ConstraintNode RealRange(RangeSyntax range, Context context)
    {
        var lower = range.Lower is WordValueSyntax { Word: "MIN" } ? null : _constants.Real(range.Lower, context.Scope);
        var upper = range.Upper is WordValueSyntax { Word: "MAX" } ? null : _constants.Real(range.Upper, context.Scope);
        if ((lower is null && range.Lower is not WordValueSyntax) || (upper is null && range.Upper is not WordValueSyntax))
        {
            return new EveryValueNode();
        }

        if (lower > upper)
        {
            Error(range, context, "this range is empty");
            return new EveryValueNode();
        }

        return new RealRangeNode(lower, range.LowerOpen, upper, range.UpperOpen);
    }

    private ConstraintNode TimeRange(RangeSyntax range, Context context)
    {
        var (isKnown, lower) = TimeEnd(range.Lower, "MIN", context);
        var (isUpperKnown, upper) = TimeEnd(range.Upper, "MAX", context);
        if (!isKnown || !isUpperKnown)
        {
            return new EveryValueNode();
        }

        if (lower is not null && upper is not null)
        {
            var order = TimeOrder.Compare(lower, upper);
            if (order is null || order > 0 || (order == 0 && (range.LowerOpen || range.UpperOpen)))
            {
                Error(range, context, order is null ? "the ends of this range have no order: expected two durations, two dates or two times of one form" : "this range is empty");
                return new EveryValueNode();
            }
        }

        return new TimeRangeNode(lower, range.LowerOpen, upper, range.UpperOpen);
    }

    private (bool IsKnown, string? Value) TimeEnd(ValueSyntax value, string word, Context context) =>
        value is WordValueSyntax end && end.Word == word ? (true, null)
        : Canonical(_constants.Bind(value, context.Governor, context.Scope), context) is TimeNode time ? (true, time.Text) : (false, null);

    // Times are compared in the form that DER gives them.
    private static ValueNode? Canonical(ValueNode? value, Context context) =>
        value is TimeNode time && context is { Kind: ConstrainedKind.Moment, Governor.Base: BuiltinTypeSyntax type } && TimeNotation.Der(type.Name, time.Text) is { } text ? new TimeNode(text) : value;

    private ConstraintNode Contained(ContainedSubtypeSyntax subtype, Context context)
    {
        if (_peeler.Peel(subtype.Type, context.Scope) is not { } peeled || Governor(peeled) is not { } governor)
        {
            return new EveryValueNode();
        }

        var kind = ConstrainedKinds.Of(governor.Base);
        if (context.Kind == ConstrainedKind.Open)
        {
            return new EveryValueNode();
        }

        if (kind is not null and not ConstrainedKind.Open && kind != context.Kind)
        {
            Error(subtype, context, "this type has none of the values of the type that is constrained");
            return new EveryValueNode();
        }

        return Included(subtype, context.Scope, subtype.Type, () => Effective(peeled)) ?? new EveryValueNode();
    }

    /// <summary>Works out a constraint that another one takes in; null after a report where it is that one itself.</summary>
    private ConstraintNode? Included(SyntaxNode place, Scope scope, TypeSyntax type, Func<ConstraintNode?> work)
    {
        if (!_trail.TryEnter(place, scope, (type as TypeReferenceSyntax)?.Name ?? "a type"))
        {
            _reporter.Error(DiagnosticCodes.EndlessType, scope.Unit, place.Span, $"this constraint takes in itself without an end: {_trail.Way(place, scope)}");
            return null;
        }

        var node = work();
        _trail.Leave();
        return node;
    }

    private SizeNode Size(SizeSyntax size, Context context)
    {
        var number = new Peeled(new IntegerTypeSyntax([], size.Span), context.Scope, null, [], [], []);
        var sizes = Node(size.Constraint, new Context(number, context.Scope, new NumberRangeNode(0, null)));
        return new SizeNode(sizes);
    }

    private ConstraintNode Alphabet(AlphabetSyntax alphabet, Context context) =>
        _alphabets.Bind(alphabet, CharacterRanges.OfType(((BuiltinTypeSyntax)context.Governor.Base).Name), context.Scope) is { } node ? node : new EveryValueNode();

    private ConstraintNode Pattern(PatternSyntax pattern, Context context)
    {
        if (_constants.Text(pattern.Value, context.Scope) is not { } text)
        {
            if (pattern.Value is not ReferenceValueSyntax reference || _values.IsValue(reference, context.Scope))
            {
                Error(pattern, context, "a regular expression in quotes is expected");
            }

            return new EveryValueNode();
        }

        var translator = new PatternTranslator(text, name => NamedCharacters(name, context.Scope));
        var regex = translator.Translate();
        var fault = translator.Fault;
        try
        {
            _ = new Regex(regex, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            fault ??= "a range from a higher to a lower character";
        }

        if (fault is null)
        {
            return new PatternNode(text, regex);
        }

        Error(pattern, context, $"the regular expression has {fault}");
        return new EveryValueNode();
    }

    // A name in \N{…}: a value of one or more characters, or a type whose alphabet is meant.
    private string? NamedCharacters(string name, Scope scope)
    {
        var span = default(TextSpan);
        var characters = name.Length > 0 && char.IsLower(name[0])
            ? _constants.Text(new ReferenceValueSyntax(null, name, null, [], span), scope) is { } text ? CharacterRanges.OfText(text) : null
            : name.Length > 0 && _peeler.IsKnown(name, scope) ? AlphabetOf(new TypeReferenceSyntax(null, name, null, span), scope) : null;
        return characters is null || characters.Any(range => range.Last > 0xFFFF) ? null
            : string.Concat(characters.Select(range => $"{Unit(range.First)}-{Unit(range.Last)}"));
    }

    private static string Unit(int point) => $"\\u{point.ToString("X4", CultureInfo.InvariantCulture)}";

    private ConstraintNode Settings(PatternSyntax settings, Context context)
    {
        if (_constants.Text(settings.Value, context.Scope) is { } text)
        {
            if (TimeSettings.Fault(text) is { } fault)
            {
                Error(settings, context, fault);
                return new EveryValueNode();
            }

            return new SettingsNode(text);
        }

        return new EveryValueNode();
    }

    private void Warning(SyntaxNode node, Context context, string message) =>
        _reporter.Warning(DiagnosticCodes.WrongConstraint, context.Scope.Unit, node.Span, message);

    private void Error(ElementsSyntax elements, Context context, string message) =>
        _reporter.Error(DiagnosticCodes.WrongConstraint, context.Scope.Unit, elements.Span, message);
}
