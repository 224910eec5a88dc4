using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds information object classes (X.681 9), also by another name, by a parameter, and parameterised ones (X.683 8).</summary>
internal sealed class ClassBinder(SymbolTable symbols, Parameters parameters)
{
    private const int MostSteps = 50;

    private static readonly ClassSyntax TypeIdentifier = Builtin(hasProperty: false);
    private static readonly ClassSyntax AbstractSyntax = Builtin(hasProperty: true);

    private readonly Dictionary<AssignmentSyntax, (TypeReferenceSyntax Reference, Scope Scope)> _last = new(ReferenceComparer<AssignmentSyntax>.Instance);

    /// <summary>Says whether the name is that of a class that every module knows (X.681 A, B).</summary>
    public static bool IsBuiltin(string name) => name is "TYPE-IDENTIFIER" or "ABSTRACT-SYNTAX";

    /// <summary>Says whether a definition is the class TYPE-IDENTIFIER, under whatever name.</summary>
    public static bool IsTypeIdentifier(ClassDefinition definition) => ReferenceEquals(definition.Syntax, TypeIdentifier);

    /// <summary>Says whether a governor is a class.</summary>
    public bool IsClass(TypeSyntax governor, Scope scope) => governor is TypeReferenceSyntax reference && Find(reference, scope) is not null;

    /// <summary>Says whether a definition is a class, also by another name.</summary>
    public bool IsClass(Symbol symbol) => symbol.Assignment switch
    {
        ClassAssignmentSyntax => true,
        TypeAssignmentSyntax { Type: TypeReferenceSyntax alias } => Find(alias, symbol.Unit.Scope, 1) is not null,
        _ => false,
    };

    /// <summary>Finds a class; null where the name is none.</summary>
    public ClassDefinition? Find(TypeReferenceSyntax reference, Scope scope) => Find(reference, scope, 0);

    /// <summary>Finds the class that a field is governed by (X.681 9.10, 9.11); null where it is none.</summary>
    public ClassDefinition? Of(ClassFieldSyntax field, ClassDefinition definition) =>
        field.Governor is TypeReferenceSyntax governor ? Find(governor, definition.Scope) : null;

    /// <summary>Says whether values of any type can stand there: ANY, or a type field of a class that is in sight.</summary>
    public bool IsOpen(Peeled peeled) => peeled.Base is AnyTypeSyntax { IsAbsent: false }
        || (peeled.Base is ClassFieldTypeSyntax field && char.IsUpper(field.Fields[field.Fields.Count - 1][1]) && Find(field.Class, peeled.Scope) is not null);

    /// <summary>Says whether a name stands for a class whose definition cannot be seen: one from a module that is not there, or a parameter.</summary>
    public bool IsOutOfSight(TypeReferenceSyntax reference, Scope scope)
    {
        if (scope.Find(reference.Name) is not null)
        {
            return true;
        }

        (reference, scope) = Last(reference, scope);
        return symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name);
    }

    // The reference that the last of other names of other names is; each name is looked at once, in a circle it is any of them.
    private (TypeReferenceSyntax Reference, Scope Scope) Last(TypeReferenceSyntax reference, Scope scope)
    {
        var passed = new List<AssignmentSyntax>();
        var found = (reference, scope);
        while (Alias(found.reference, found.scope) is { } symbol)
        {
            if (_last.TryGetValue(symbol.Assignment, out var known))
            {
                found = known;
                break;
            }

            found = ((TypeReferenceSyntax)((TypeAssignmentSyntax)symbol.Assignment).Type, symbol.Unit.Scope);
            _last.Add(symbol.Assignment, found);
            passed.Add(symbol.Assignment);
        }

        foreach (var alias in passed)
        {
            _last[alias] = found;
        }

        return found;
    }

    private Symbol? Alias(TypeReferenceSyntax reference, Scope scope) =>
        (reference.Module is not null || scope.Find(reference.Name) is null) && reference.Arguments is null
        && symbols.Find(scope.Unit, reference.Module, reference.Name) is { Assignment: TypeAssignmentSyntax { Type: TypeReferenceSyntax, Parameters.Count: 0 } } symbol ? symbol : null;

    private ClassDefinition? Find(TypeReferenceSyntax reference, Scope scope, int depth)
    {
        (reference, scope) = Last(reference, scope);
        if (depth > MostSteps || Alias(reference, scope) is not null)
        {
            return null;
        }

        if (reference.Module is null && scope.Find(reference.Name) is { } dummy)
        {
            return dummy.Syntax.Type is TypeReferenceSyntax actual ? Find(actual, dummy.Scope, depth + 1) : null;
        }

        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is not { } symbol)
        {
            return reference.Name switch
            {
                "TYPE-IDENTIFIER" => new ClassDefinition(TypeIdentifier, scope),
                "ABSTRACT-SYNTAX" => new ClassDefinition(AbstractSyntax, scope),
                _ => null,
            };
        }

        // A number of parameters that is wrong is not this search's to report: the name may turn out to be a type.
        if (symbol.Assignment.Parameters.Count != (reference.Arguments?.Count ?? 0))
        {
            return symbol.Assignment is ClassAssignmentSyntax wrong ? new ClassDefinition(wrong.Class, symbol.Unit.Scope) : null;
        }

        return symbol.Assignment switch
        {
            ClassAssignmentSyntax assignment when parameters.Enter(symbol, reference.Arguments, scope, reference.Span) is { } inner =>
                new ClassDefinition(assignment.Class, inner),
            TypeAssignmentSyntax { Type: TypeReferenceSyntax alias } when parameters.Enter(symbol, reference.Arguments, scope, reference.Span) is { } inner =>
                Find(alias, inner, depth + 1),
            _ => null,
        };
    }

    private static List<Token> Tokens(string notation, TextSpan span) => [.. notation.Split(' ').Select(word => new Token(
        word.StartsWith("&", StringComparison.Ordinal) ? (char.IsUpper(word[1]) ? TokenKind.UpperField : TokenKind.LowerField)
            : char.IsLetter(word[0]) ? TokenKind.UpperWord : TokenKind.Mark,
        word,
        span))];

    private static ClassSyntax Builtin(bool hasProperty)
    {
        var nowhere = new TextSpan(0, 0);
        var fields = new List<ClassFieldSyntax>
        {
            new("&id", new BuiltinTypeSyntax("OBJECT IDENTIFIER", nowhere), null, true, false, null, nowhere),
            new("&Type", null, null, false, false, null, nowhere),
        };
        if (hasProperty)
        {
            var property = new NamedNumberSyntax("handles-invalid-encodings", new LiteralValueSyntax(new Token(TokenKind.Number, "0", nowhere), nowhere), nowhere);
            fields.Add(new ClassFieldSyntax("&property", new BitStringTypeSyntax([property], nowhere), null, false, true, null, nowhere));
        }

        return new ClassSyntax(fields, Tokens("&Type IDENTIFIED BY &id" + (hasProperty ? " [ HAS PROPERTY &property ]" : string.Empty), nowhere), nowhere);
    }
}
