using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Puts actual parameters in the place of dummies (X.683 8, 9).</summary>
internal sealed class Parameters(Reporter reporter)
{
    // A definition that hands larger and larger parameters to itself would never end (X.683 9.9).
    private const int MostNested = 16;
    private const int LongestKey = 100_000;

    // Definitions that use one another twice each, with other parameters, would double their number with each of them.
    private const int MostInstances = 20_000;
    private const int MostCharacters = 20_000_000;

    private readonly HashSet<AssignmentSyntax> _endless = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly Dictionary<string, Scope> _instances = new(StringComparer.Ordinal);
    private int _characters;

    /// <summary>Returns the scope of a definition's body; null after a report where the number of parameters is wrong or they grow without an end.</summary>
    public Scope? Enter(Symbol symbol, IReadOnlyList<ArgumentSyntax>? arguments, Scope scope, TextSpan span)
    {
        var parameters = symbol.Assignment.Parameters;
        var given = arguments?.Count ?? 0;
        if (given != parameters.Count)
        {
            reporter.Error(DiagnosticCodes.WrongParameters, scope.Unit, span, $"{symbol.Assignment.Name} takes {parameters.Count} parameters, not {given}");
            return null;
        }

        if (given == 0)
        {
            return symbol.Unit.Scope;
        }

        var map = new Dictionary<string, Argument>(StringComparer.Ordinal);
        var keys = new List<string>();
        for (var i = 0; i < given; i++)
        {
            var argument = Resolve(new Argument(arguments![i], scope));
            map[parameters[i].Name] = argument;
            keys.Add(Key(argument));
        }

        var key = $"{symbol.FullName}{{{string.Join(",", keys)}}}";
        if (_endless.Contains(symbol.Assignment))
        {
            return null;
        }

        if (key.Length > LongestKey || Occurrences(symbol.FullName + "{", key) > MostNested)
        {
            _endless.Add(symbol.Assignment);
            reporter.Error(DiagnosticCodes.EndlessType, scope.Unit, span, $"the parameters of {symbol.Assignment.Name} grow without an end");
            return null;
        }

        if (_instances.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_instances.Count >= MostInstances || _characters > MostCharacters)
        {
            _endless.Add(symbol.Assignment);
            reporter.Error(DiagnosticCodes.EndlessType, scope.Unit, span, $"{symbol.Assignment.Name} is used with more parameters than the compiler follows, {MostInstances} at most over all modules");
            return null;
        }

        _characters += key.Length;
        var entered = new Scope(symbol.Unit, symbol.Assignment, map, key);
        _instances.Add(key, entered);
        return entered;
    }

    private static int Occurrences(string text, string key)
    {
        var count = 0;
        for (var at = key.IndexOf(text, StringComparison.Ordinal); at >= 0; at = key.IndexOf(text, at + text.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    private static string Key(Argument argument)
    {
        var text = argument.Scope.Unit.Source.Text.Substring(argument.Syntax.Span.Start, argument.Syntax.Span.Length);
        return $"{argument.Scope.Unit.Syntax.Name}:{text}:{argument.Scope.Key}";
    }

    /// <summary>A dummy that is handed on, bare or in the braces of a set, is replaced by what it stands for.</summary>
    private static Argument Resolve(Argument argument)
    {
        while (Dummy(argument.Syntax) is { } name && argument.Scope.Find(name) is { } outer)
        {
            argument = outer;
        }

        return argument;
    }

    private static string? Dummy(ArgumentSyntax argument) => argument switch
    {
        { Type: TypeReferenceSyntax { Module: null, Arguments: null } reference } => reference.Name,
        { Value: ReferenceValueSyntax { Module: null, Arguments: null, Fields.Count: 0 } reference } => reference.Name,
        { Value: BlockValueSyntax { Tokens: { Count: 1 } tokens } } when tokens[0].Kind == TokenKind.UpperWord => tokens[0].Text,
        _ => null,
    };
}
