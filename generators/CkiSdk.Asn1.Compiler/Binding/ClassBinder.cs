using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds information object classes and what their fields are (X.681 9, 14).</summary>
internal sealed class ClassBinder(SymbolTable symbols, Reporter reporter)
{
    private static readonly ClassSyntax TypeIdentifier = Builtin();

    /// <summary>Says whether the name is that of a class that every module knows (X.681 A, B).</summary>
    public static bool IsBuiltin(string name) => name is "TYPE-IDENTIFIER" or "ABSTRACT-SYNTAX";

    /// <summary>Says whether a governor is a class.</summary>
    public bool IsClass(TypeSyntax governor, Scope scope) => governor is TypeReferenceSyntax reference && Find(reference, scope) is not null;

    /// <summary>Says whether a definition is a class, also by another name.</summary>
    public bool IsClass(Symbol symbol) => Class(symbol, 0) is not null;

    /// <summary>Finds a class; null where the name is none.</summary>
    public (ClassSyntax Class, Scope Scope)? Find(TypeReferenceSyntax reference, Scope scope)
    {
        if (reference.Module is null && scope.Find(reference.Name) is { Syntax.Type: TypeReferenceSyntax actual } dummy)
        {
            return Find(actual, dummy.Scope);
        }

        if (symbols.Find(scope.Unit, reference.Module, reference.Name) is { } symbol)
        {
            return Class(symbol, 0);
        }

        return IsBuiltin(reference.Name) ? (TypeIdentifier, scope) : null;
    }

    /// <summary>Says whether a name stands for a class whose definition cannot be seen: one from a module that is not there, or a parameter.</summary>
    public bool IsOutOfSight(TypeReferenceSyntax reference, Scope scope) =>
        scope.Find(reference.Name) is not null || symbols.IsFromAbsentModule(scope.Unit, reference.Module, reference.Name);

    /// <summary>Returns the type of a fixed-type field; null where the field stands for any type.</summary>
    public (TypeSyntax Type, Scope Scope)? FixedType(ClassFieldTypeSyntax field, Scope scope)
    {
        if (Find(field.Class, scope) is not { } found)
        {
            if (!symbols.IsFromAbsentModule(scope.Unit, field.Class.Module, field.Class.Name))
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, field.Class.Span, $"{field.Class.Name} is no class that is defined here or imported");
            }

            return null;
        }

        for (var i = 0; i < field.Fields.Count; i++)
        {
            var member = found.Class.Fields.FirstOrDefault(member => member.Name == field.Fields[i]);
            if (member is null)
            {
                reporter.Error(DiagnosticCodes.UndefinedReference, scope.Unit, field.Span, $"the class {field.Class.Name} has no field {field.Fields[i]}");
                return null;
            }

            if (i == field.Fields.Count - 1)
            {
                return char.IsLower(member.Name[1]) && member.Governor is { } type && !IsClass(type, found.Scope) ? (type, found.Scope) : null;
            }

            if (member.Governor is not TypeReferenceSyntax next || Find(next, found.Scope) is not { } inner)
            {
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, field.Span, $"the field {field.Fields[i]} is no object of a class");
                return null;
            }

            found = inner;
        }

        return null;
    }

    private (ClassSyntax Class, Scope Scope)? Class(Symbol symbol, int depth) => symbol.Assignment switch
    {
        ClassAssignmentSyntax assignment => (assignment.Class, new Scope(symbol.Unit)),
        TypeAssignmentSyntax { Type: TypeReferenceSyntax { Arguments: null } alias } when IsBuiltin(alias.Name) => (TypeIdentifier, new Scope(symbol.Unit)),
        TypeAssignmentSyntax { Type: TypeReferenceSyntax { Arguments: null } alias } when depth < 20
            && symbols.Find(symbol.Unit, alias.Module, alias.Name) is { } next => Class(next, depth + 1),
        _ => null,
    };

    private static List<Token> Tokens(string notation, TextSpan span) => [.. notation.Split(' ').Select(word => new Token(
        word.StartsWith("&", StringComparison.Ordinal) ? (char.IsUpper(word[1]) ? TokenKind.UpperField : TokenKind.LowerField)
            : char.IsLetter(word[0]) ? TokenKind.UpperWord : TokenKind.Mark,
        word,
        span))];

    private static ClassSyntax Builtin()
    {
        var nowhere = new TextSpan(0, 0);
        return new ClassSyntax(
            [
                new ClassFieldSyntax("&id", new BuiltinTypeSyntax("OBJECT IDENTIFIER", nowhere), null, true, false, null, nowhere),
                new ClassFieldSyntax("&Type", null, null, false, false, null, nowhere),
                new ClassFieldSyntax("&property", new BitStringTypeSyntax([], nowhere), null, false, true, null, nowhere),
            ],
            Tokens("&Type IDENTIFIED BY &id [ HAS PROPERTY &property ]", nowhere),
            nowhere);
    }
}
