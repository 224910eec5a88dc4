using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Works out the characters of permitted alphabets (X.680 51.7).</summary>
/// <param name="constants">What knows the characters of values.</param>
/// <param name="alphabetOf">Returns the characters that a type by name permits; null where it is not known.</param>
/// <param name="reporter">What takes the faults.</param>
internal sealed class AlphabetBinder(ConstantBinder constants, Func<TypeSyntax, Scope, IReadOnlyList<CharacterRange>?> alphabetOf, Reporter reporter)
{
    /// <summary>Returns the alphabet; null where it could not be worked out.</summary>
    public AlphabetNode? Bind(AlphabetSyntax alphabet, IReadOnlyList<CharacterRange> ofType, Scope scope) =>
        Elements(alphabet.Constraint.Root, ofType, scope) is { } characters
            ? new AlphabetNode(new EquatableArray<CharacterRange>(characters), alphabet.Constraint.IsExtensible) : null;

    private IReadOnlyList<CharacterRange>? Elements(ElementsSyntax elements, IReadOnlyList<CharacterRange> ofType, Scope scope)
    {
        switch (elements)
        {
            case SingleValueSyntax single:
                return Inside(CharactersOf(single.Value, scope), ofType, single.Value, scope);
            case RangeSyntax range:
                return Range(range, ofType, scope);
            case ContainedSubtypeSyntax subtype:
                return alphabetOf(subtype.Type, scope) is { } included ? CharacterRanges.Intersect(ofType, included) : null;
            case SetOperationSyntax { Operands.Count: > 0 } operation:
                return Operation(operation, ofType, scope);
            default:
                reporter.Error(DiagnosticCodes.WrongConstraint, scope.Unit, elements.Span, "a permitted alphabet is made of characters, ranges of characters and types");
                return null;
        }
    }

    private IReadOnlyList<CharacterRange>? Operation(SetOperationSyntax operation, IReadOnlyList<CharacterRange> ofType, Scope scope)
    {
        var operands = operation.Operands.Select(operand => Elements(operand, ofType, scope)).ToList();
        if (operands.Contains(null))
        {
            return null;
        }

        return operation.Operator switch
        {
            "|" => operands.Aggregate((first, second) => CharacterRanges.Union(first!, second!)),
            "^" => operands.Aggregate((first, second) => CharacterRanges.Intersect(first!, second!)),
            "ALL EXCEPT" => CharacterRanges.Except(ofType, operands[0]!),
            _ => CharacterRanges.Except(operands[0]!, operands[1]!),
        };
    }

    private IReadOnlyList<CharacterRange>? Range(RangeSyntax range, IReadOnlyList<CharacterRange> ofType, Scope scope)
    {
        var lower = End(range.Lower, "MIN", ofType.Count == 0 ? 0 : ofType[0].First, ofType, scope);
        var upper = End(range.Upper, "MAX", ofType.Count == 0 ? 0 : ofType[ofType.Count - 1].Last, ofType, scope);
        if (lower is null || upper is null)
        {
            return null;
        }

        var (first, last) = (lower.Value + (range.LowerOpen ? 1 : 0), upper.Value - (range.UpperOpen ? 1 : 0));
        if (first > last)
        {
            reporter.Error(DiagnosticCodes.WrongConstraint, scope.Unit, range.Span, "this range of characters is empty");
            return null;
        }

        // NumericString (FROM (" ".."9")) means the characters of NumericString between those.
        return CharacterRanges.Intersect(ofType, [new CharacterRange(first, last)]);
    }

    private int? End(ValueSyntax value, string word, int end, IReadOnlyList<CharacterRange> ofType, Scope scope)
    {
        if (value is WordValueSyntax known && known.Word == word)
        {
            return end;
        }

        var characters = Inside(CharactersOf(value, scope), ofType, value, scope);
        if (characters is null)
        {
            return null;
        }

        if (characters.Count == 1 && characters[0].First == characters[0].Last)
        {
            return characters[0].First;
        }

        reporter.Error(DiagnosticCodes.WrongConstraint, scope.Unit, value.Span, "the end of a range of characters is one character");
        return null;
    }

    private IReadOnlyList<CharacterRange>? CharactersOf(ValueSyntax value, Scope scope)
    {
        if (constants.Text(value, scope) is { } text)
        {
            return CharacterRanges.OfText(text);
        }

        if (value is not ReferenceValueSyntax)
        {
            reporter.Error(DiagnosticCodes.WrongConstraint, scope.Unit, value.Span, "a character string is expected in a permitted alphabet");
        }

        return null;
    }

    /// <summary>Characters that the type has not are left out; published modules give PrintableString some, but NumericString has too few to be mistaken in.</summary>
    private IReadOnlyList<CharacterRange>? Inside(IReadOnlyList<CharacterRange>? characters, IReadOnlyList<CharacterRange> ofType, ValueSyntax value, Scope scope)
    {
        if (characters is null || CharacterRanges.Except(characters, ofType).Count == 0)
        {
            return characters;
        }

        if (ofType.Count <= CharacterRanges.OfType("NumericString").Count)
        {
            reporter.Error(DiagnosticCodes.WrongConstraint, scope.Unit, value.Span, "this holds a character that the type has not");
            return null;
        }

        reporter.Warning(DiagnosticCodes.WrongConstraint, scope.Unit, value.Span, "this holds a character that the type has not");
        return CharacterRanges.Intersect(characters, ofType);
    }
}
