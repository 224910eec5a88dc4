using System.Numerics;
using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Turns value notation into values, by the type that governs it (X.680 17.7); reports what does not fit, where it stands.</summary>
internal sealed partial class ValueNodeBinder(
    SymbolTable symbols, ClassBinder classes, FieldBinder fields, Parameters parameters, Peeler peeler, Components components, Reporter reporter)
{
    private const int MostDepth = 100;

    // References make a small text stand for a huge value.
    private const int MostNodes = 100_000;

    private readonly Dictionary<AssignmentSyntax, Known> _known = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly Dictionary<(SyntaxNode, Scope), IReadOnlyDictionary<string, BigInteger>> _numbers = new(ScopedComparer.Instance);
    private readonly Trail _trail = new();
    private int _depth;
    private int _nodes;
    private int _deepest;

    /// <summary>Gets or sets what writes the octets of values inside octets and of open types.</summary>
    public ValueEncoder Encoder { get; set; } = null!;

    /// <summary>Returns the value; null after a report, and without one where the value or its type comes from a module that is not there.</summary>
    /// <param name="value">The value as written.</param>
    /// <param name="scope">Where it is written.</param>
    /// <param name="type">The type that governs it.</param>
    /// <param name="typeScope">Where the type is written.</param>
    public ValueNode? Bind(ValueSyntax value, Scope scope, TypeSyntax type, Scope typeScope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_depth == 0)
        {
            (_nodes, _deepest) = (0, 0);
        }

        if (_depth >= MostDepth)
        {
            reporter.Error(DiagnosticCodes.TooDeep, scope.Unit, value.Span, "values are nested too deeply here");
            return null;
        }

        _depth++;
        _deepest = Math.Max(_deepest, _depth);
        var node = Definition(type, typeScope) is { } definition ? Bind(value, scope, definition, type, typeScope) : null;
        _depth--;
        if (++_nodes <= MostNodes || node is null)
        {
            return node;
        }

        reporter.Error(DiagnosticCodes.TooDeep, scope.Unit, value.Span, "this value has more parts than the compiler follows");
        return null;
    }

    /// <summary>Returns the value of a defined value (X.680 16.2); null as <see cref="Bind(ValueSyntax, Scope, TypeSyntax, Scope)"/> does.</summary>
    public ValueNode? Bind(Symbol symbol, ValueAssignmentSyntax assignment)
    {
        if (_known.TryGetValue(assignment, out var known))
        {
            _nodes += known.Nodes;
            _deepest = Math.Max(_deepest, _depth + known.Depth);
            return known.Node;
        }

        var (before, outer) = (_depth == 0 ? 0 : _nodes, _depth == 0 ? 0 : _deepest);
        _deepest = _depth;
        var node = Defined(assignment, symbol.Unit.Scope);
        var depth = _deepest - _depth;
        if (_depth + depth > MostDepth && node is not null)
        {
            reporter.Error(DiagnosticCodes.TooDeep, symbol.Unit, assignment.Value.Span, $"the value {assignment.Name} consists of others, nested too deeply");
            node = null;
        }

        _known[assignment] = new Known(node, _nodes - before, depth);
        _deepest = Math.Max(outer, _depth + depth);
        return node;
    }

    /// <summary>Returns the value by the type that it is defined with, where it is a reference to a definition, and else by the one given.</summary>
    public ValueNode? Own(ValueSyntax value, Scope scope, TypeSyntax otherwise) =>
        value is ReferenceValueSyntax { Fields.Count: 0, Arguments: null } reference && (reference.Module is not null || scope.Find(reference.Name) is null)
        && symbols.Find(scope.Unit, reference.Module, reference.Name) is { Assignment: ValueAssignmentSyntax { Parameters.Count: 0 } assignment } symbol
        && !classes.IsClass(assignment.Governor, symbol.Unit.Scope)
            ? Bind(symbol, assignment) : Bind(value, scope, otherwise, scope);

    private ValueNode? Bind(ValueSyntax value, Scope scope, Peeled definition, TypeSyntax type, Scope typeScope) => value switch
    {
        ReferenceValueSyntax reference when Identifier(reference, definition) is { } named => named,
        ReferenceValueSyntax reference when reference.Fields.Count > 0 => Field(reference, scope, type, typeScope),
        ReferenceValueSyntax reference => Reference(reference, scope, definition, type, typeScope),
        _ => Notation(value, scope, definition, type, typeScope),
    };

    private ValueNode? Notation(ValueSyntax value, Scope scope, Peeled definition, TypeSyntax type, Scope typeScope) => definition.Base switch
    {
        BuiltinTypeSyntax { Name: "BOOLEAN" } => Boolean(value, scope, definition),
        BuiltinTypeSyntax { Name: "NULL" } => value is WordValueSyntax { Word: "NULL" } ? new NullNode() : Misfit(value, scope, definition),
        BuiltinTypeSyntax { Name: "REAL" } => Real(value, scope, definition),
        BuiltinTypeSyntax { Name: "OBJECT IDENTIFIER" } => Oid(value, scope, definition),
        BuiltinTypeSyntax { Name: "RELATIVE-OID" } => RelativeOid(value, scope, definition),
        BuiltinTypeSyntax { Name: "OCTET STRING" } => Octets(value, scope, definition, type, typeScope),
        BuiltinTypeSyntax { Name: "EXTERNAL" or "EMBEDDED PDV" or "CHARACTER STRING" } builtin => Associated(builtin.Name, value, scope, definition),
        BuiltinTypeSyntax builtin => Text(builtin.Name, value, scope, definition),
        InstanceOfTypeSyntax => Associated("INSTANCE OF", value, scope, definition),
        IntegerTypeSyntax => Integer(value, scope, definition),
        BitStringTypeSyntax bits => BitString(bits, value, scope, definition, type, typeScope),
        SequenceTypeSyntax sequence => Sequence(sequence, value, scope, definition),
        SequenceOfTypeSyntax list => List(list, value, scope, definition),
        ChoiceTypeSyntax choice => Choice(choice, value, scope, definition),
        AnyTypeSyntax or ClassFieldTypeSyntax => Open(value, scope, definition),
        _ => Misfit(value, scope, definition),
    };

    private ValueNode? Boolean(ValueSyntax value, Scope scope, Peeled definition)
    {
        if (value is LiteralValueSyntax { Token: { Kind: TokenKind.Number, Text: "0" or "1" } number })
        {
            var word = number.Text == "1" ? "TRUE" : "FALSE";
            reporter.Warning(DiagnosticCodes.DoubtfulValue, scope.Unit, value.Span, $"the number {number.Text} stands for a BOOLEAN: it is read as {word}");
            return new BooleanNode(number.Text == "1");
        }

        return value is WordValueSyntax { Word: "TRUE" or "FALSE" } written ? new BooleanNode(written.Word == "TRUE") : Misfit(value, scope, definition);
    }

    private ValueNode? Reference(ReferenceValueSyntax reference, Scope scope, Peeled definition, TypeSyntax type, Scope typeScope)
    {
        if (reference.Module is null && scope.Find(reference.Name) is { } dummy)
        {
            if (dummy.Syntax.Value is { } actual)
            {
                return Bind(actual, dummy.Scope, type, typeScope);
            }

            reporter.Error(DiagnosticCodes.WrongKind, dummy.Scope.Unit, dummy.Syntax.Span, $"a value is expected for the parameter {reference.Name}");
            return null;
        }

        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is not { } symbol)
        {
            return Undefined(reference, scope, definition);
        }

        if (symbol.Assignment is not ValueAssignmentSyntax assignment || classes.IsClass(assignment.Governor, symbol.Unit.Scope))
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, reference.Span, $"{reference.Name} is no value; expected {Describe(definition)}");
            return null;
        }

        var inner = symbol.Unit.Scope;
        if (assignment.Parameters.Count > 0 || reference.Arguments is not null)
        {
            inner = parameters.Enter(symbol, reference.Arguments, scope, reference.Span);
        }

        var node = inner is null ? null : assignment.Parameters.Count == 0 ? Bind(symbol, assignment) : Defined(assignment, inner);
        return node is null ? null : Fit(node, reference, scope, definition, assignment.Governor, inner!);
    }

    private ValueNode? Defined(ValueAssignmentSyntax assignment, Scope scope)
    {
        if (!_trail.TryEnter(assignment, scope, assignment.Name))
        {
            reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, assignment.Value.Span, $"this value refers to itself without an end: {_trail.Way(assignment, scope)}");
            return null;
        }

        var node = Bind(assignment.Value, scope, assignment.Governor, scope);
        _trail.Leave();
        return node;
    }

    private TextNode? Undefined(ReferenceValueSyntax reference, Scope scope, Peeled definition)
    {
        if (symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name) || IsAbsent(definition))
        {
            return null;
        }

        if (definition.Base is BuiltinTypeSyntax builtin && StringAlphabets.Knows(builtin.Name) && StringAlphabets.ControlCharacter(reference.Name) is { } text)
        {
            return new TextNode(text);
        }

        var expected = definition.Base is EnumeratedTypeSyntax ? $"no item of {Describe(definition)}, and " : string.Empty;
        reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, reference.Span, $"{reference.Name} is {expected}not defined here and not imported{Hint(reference, scope)}");
        return null;
    }

    private string Hint(ReferenceValueSyntax reference, Scope scope) => !reporter.TakeHint() ? string.Empty
        : Spelling.Hint(reference.Name, scope.Unit.Assignments.Keys.Concat(scope.Unit.Imports.Keys).Where(name => char.IsLower(name[0])));

    /// <summary>A name that the governing type gives to a number or item comes before references (X.680 19.10, 20.8).</summary>
    private ValueNode? Identifier(ReferenceValueSyntax reference, Peeled definition)
    {
        if (reference is not { Module: null, Arguments: null, Fields.Count: 0 })
        {
            return null;
        }

        switch (definition.Base)
        {
            case EnumeratedTypeSyntax items:
                // A number that is too great is reported where the item is defined.
                return NamedItems.Of(items).Find(reference.Name) is not null && Numbers(items, definition.Scope).TryGetValue(reference.Name, out var number) ? new EnumeratedNode(reference.Name, number >= int.MinValue && number <= int.MaxValue ? (long)number : 0) : null;
            case IntegerTypeSyntax integer:
                return NamedItems.Of(integer).Find(reference.Name) is { } named && NumberOf(named, definition.Scope) is { } value ? new IntegerNode(value) : null;
            default:
                return null;
        }
    }

    // Once for all values of the type, unless something is wrong with one of them.
    private IReadOnlyDictionary<string, BigInteger> Numbers(EnumeratedTypeSyntax items, Scope scope)
    {
        if (!_numbers.TryGetValue((items, scope), out var numbers))
        {
            var isWhole = true;
            numbers = EnumeratedNumbers.Of(items, name =>
            {
                var number = NumberOf(name, scope);
                isWhole &= number is not null;
                return number;
            });
            if (isWhole)
            {
                _numbers[(items, scope)] = numbers;
            }
        }

        return numbers;
    }

    private Peeled? Definition(TypeSyntax type, Scope scope) => peeler.Definition(type, scope);

    private ValueNode? Misfit(ValueSyntax value, Scope scope, Peeled definition)
    {
        reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, value.Span, $"expected {Describe(definition)}, found {Describe(value)}");
        return null;
    }

    private T? Parsed<T>(Parsing.Fragment<T> fragment)
        where T : class
    {
        foreach (var diagnostic in fragment.Diagnostics)
        {
            reporter.Add(diagnostic);
        }

        return fragment.Node;
    }

    private readonly record struct Known(ValueNode? Node, int Nodes, int Depth);
}
