using CkiSdk.Asn1.Compiler.CodeFirst;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using Microsoft.CodeAnalysis;

namespace CkiSdk.Asn1.Generator.CodeFirst;

/// <summary>Reads a C# type with one of the attributes into a form that holds on to nothing of Roslyn.</summary>
internal sealed class CodeReader
{
    private readonly INamedTypeSymbol _symbol;
    private readonly AttributeData _attribute;
    private readonly CodeKind _kind;
    private readonly string _fullName;
    private readonly List<CodeFault> _faults = [];
    private readonly List<CodeMemberPlace> _places = [];

    private CodeReader(INamedTypeSymbol symbol, AttributeData attribute, CodeKind kind)
    {
        (_symbol, _attribute, _kind) = (symbol, attribute, kind);
        _fullName = $"global::{symbol.ContainingNamespace.ToDisplayString()}.{symbol.Name}";
    }

    /// <summary>Reads a type.</summary>
    /// <param name="symbol">The type.</param>
    /// <param name="attribute">Its attribute.</param>
    /// <param name="kind">What the attribute says that it is.</param>
    public static CodeDeclaration Read(INamedTypeSymbol symbol, AttributeData attribute, CodeKind kind)
    {
        var reader = new CodeReader(symbol, attribute, kind);
        reader._places.Add(new CodeMemberPlace(reader._fullName, string.Empty, CodePlace.Of(symbol)));
        var type = reader.Type();
        return new CodeDeclaration(
            reader._faults.Any(fault => fault.Type.Length > 0 && fault.Member.Length == 0) ? null : type,
            new EquatableArray<CodeMemberPlace>(reader._places),
            new EquatableArray<CodeFault>(reader._faults));
    }

    private bool IsList => _kind is CodeKind.SequenceOf or CodeKind.SetOf;

    private CodeType Type()
    {
        CheckForm();
        var members = _kind switch
        {
            CodeKind.Enumerated => Items(),
            CodeKind.Choice => Alternatives(),
            CodeKind.SequenceOf or CodeKind.SetOf => List(),
            _ => Components(),
        };
        var asn1Name = CodeAttributes.Name(_symbol) ?? _symbol.Name;
        if (asn1Name != CodeAttributes.ToTypeName(asn1Name))
        {
            Report(DiagnosticCodes.CodeName, $"{asn1Name} is no name of a type in ASN.1: letters, digits and single hyphens, the first letter upper-case", null);
        }

        var names = members.GroupBy(member => member.Asn1Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (names is not null)
        {
            Report(DiagnosticCodes.CodeName, $"two members have the name {names.Key} in ASN.1", null);
        }

        var constructor = _kind is not (CodeKind.Choice or CodeKind.Enumerated) && PrimaryConstructor(_symbol) is { } primary ? primary.Parameters.Select(parameter => parameter.Name) : [];
        return new CodeType(
            _kind, _symbol.ContainingNamespace.ToDisplayString(), _symbol.Name, asn1Name, CodeAttributes.Tag(_symbol),
            CodeAttributes.Flag(_attribute, "IsExtensible"), IsList ? "partial record struct" : _symbol.IsRecord ? "partial record" : "partial class",
            new EquatableArray<string>(constructor), new EquatableArray<CodeMember>(members));
    }

    private void CheckForm()
    {
        var wrong =
            _symbol.ContainingNamespace.IsGlobalNamespace ? "stand in a namespace"
            : _symbol.ContainingType is not null ? "stand outside of other types"
            : _symbol.IsGenericType ? "have no type parameters"
            : _symbol.DeclaredAccessibility != Accessibility.Public ? "be public"
            : _kind == CodeKind.Enumerated ? null
            : !CodeAttributes.IsPartial(_symbol) ? "be partial"
            : IsList ? !_symbol.IsRecord || !_symbol.IsValueType ? "be a record struct" : null
            : !_symbol.IsRecord ? "be a record"
            : _kind == CodeKind.Choice && !_symbol.IsAbstract ? "be abstract"
            : _kind != CodeKind.Choice && _symbol.IsAbstract ? "not be abstract"
            : null;
        if (wrong is not null)
        {
            Report(DiagnosticCodes.CodeForm, $"{_symbol.Name} must {wrong} for [{_attribute.AttributeClass!.Name.Replace("Attribute", string.Empty)}]", null);
        }
    }

    private List<CodeMember> Items()
    {
        var items = new List<CodeMember>();
        foreach (var field in _symbol.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
        {
            Place(field);
            var number = Convert.ToDecimal(field.ConstantValue, System.Globalization.CultureInfo.InvariantCulture);
            if (number is < int.MinValue or > int.MaxValue)
            {
                Report(DiagnosticCodes.CodeAttribute, $"the number of {field.Name} lies outside 32 bits", field);
            }

            items.Add(new CodeMember(field.Name, string.Empty, Identifier(field), string.Empty, null, false, number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return items;
    }

    private List<CodeMember> Alternatives()
    {
        var alternatives = new List<CodeMember>();
        foreach (var nested in _symbol.GetTypeMembers().Where(nested => nested.IsRecord && SymbolEqualityComparer.Default.Equals(nested.BaseType, _symbol)))
        {
            Place(nested);
            var parameters = PrimaryConstructor(nested)?.Parameters ?? [];
            if (!CodeAttributes.IsPartial(nested) || parameters.Length > 1 || (parameters.Length == 0 && nested.GetMembers().OfType<IPropertySymbol>().Any(IsComponent)))
            {
                Report(DiagnosticCodes.CodeForm, $"the alternative {nested.Name} must be a partial record with one parameter in parentheses, or with none for NULL", nested);
                continue;
            }

            var property = parameters.Length == 0 ? null : nested.GetMembers(parameters[0].Name).OfType<IPropertySymbol>().FirstOrDefault();
            var use = property is null ? null : new CodeTypes(property, parameters[0], Fault(nested)).Use();
            alternatives.Add(new CodeMember(nested.Name, property?.Name ?? string.Empty, Identifier(nested), CodeAttributes.Tag(nested), use, false, string.Empty));
        }

        if (alternatives.Count == 0)
        {
            Report(DiagnosticCodes.CodeForm, $"{_symbol.Name} has no alternative: nest a partial record in it that derives from it", null);
        }

        return alternatives;
    }

    private List<CodeMember> List()
    {
        var members = Components();
        if (members.Count != 1 || members[0].Use?.Element is null || members[0].IsOptional)
        {
            Report(DiagnosticCodes.CodeForm, $"{_symbol.Name} must have one public property, a list that is not null, for [{_attribute.AttributeClass!.Name.Replace("Attribute", string.Empty)}]", null);
        }

        return members;
    }

    private List<CodeMember> Components()
    {
        var primary = PrimaryConstructor(_symbol);
        var ordered = new List<(int? Order, CodeMember Member)>();
        foreach (var property in _symbol.GetMembers().OfType<IPropertySymbol>().Where(IsComponent).OrderBy(property => Array.IndexOf(Names(primary), property.Name) is >= 0 and var index ? index : int.MaxValue))
        {
            Place(property);
            var parameter = primary?.Parameters.FirstOrDefault(parameter => parameter.Name == property.Name);
            var attributes = new CodeTypes(property, parameter, Fault(property));
            if (attributes.Use() is { } use)
            {
                var optional = CodeTypes.IsNullable(property.Type) && attributes.Default.Length == 0;
                ordered.Add((attributes.Order, new CodeMember(property.Name, property.Name, Identifier(property, attributes.Name), attributes.Tag, use, optional, attributes.Default)));
            }
        }

        CheckOrder(ordered);
        return [.. ordered.OrderBy(pair => pair.Order ?? 0).Select(pair => pair.Member)];
    }

    private void CheckOrder(List<(int? Order, CodeMember Member)> members)
    {
        var numbered = members.Where(pair => pair.Order is not null).ToList();
        var twice = numbered.GroupBy(pair => pair.Order).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            Fault(twice.Last().Member.Name)(DiagnosticCodes.CodeAttribute, $"two components have the order {twice.Key}");
        }

        if (numbered.Count > 0 && numbered.Count < members.Count)
        {
            Fault(members.First(pair => pair.Order is null).Member.Name)(DiagnosticCodes.CodeAttribute, "[Asn1Order] stands on other components of this type, but not here");
        }
    }

    private static string[] Names(IMethodSymbol? constructor) => constructor is null ? [] : [.. constructor.Parameters.Select(parameter => parameter.Name)];

    private static bool IsComponent(IPropertySymbol property) =>
        !property.IsStatic && !property.IsIndexer && property.SetMethod is not null && property.DeclaredAccessibility == Accessibility.Public
        && !CodeAttributes.Has(property, "Asn1IgnoreAttribute");

    /// <summary>A record's constructor in parentheses is the one whose parameters are properties.</summary>
    private static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type) => type.InstanceConstructors.FirstOrDefault(constructor =>
        constructor.Parameters.Length > 0
        && constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax));

    private string Identifier(ISymbol symbol, string? given = null)
    {
        var name = given ?? CodeAttributes.Name(symbol) ?? CodeAttributes.ToIdentifier(symbol.Name);
        if (name != CodeAttributes.ToIdentifier(name))
        {
            Report(DiagnosticCodes.CodeName, $"{name} is no identifier in ASN.1: letters, digits and single hyphens, the first letter lower-case", symbol);
        }

        return name;
    }

    private void Place(ISymbol symbol) => _places.Add(new CodeMemberPlace(_fullName, symbol.Name, CodePlace.Of(symbol)));

    private Action<string, string> Fault(ISymbol member) => Fault(member.Name);

    private Action<string, string> Fault(string member) => (code, message) => _faults.Add(new CodeFault(code, true, message, _fullName, member));

    private void Report(string code, string message, ISymbol? member) => _faults.Add(new CodeFault(code, true, message, _fullName, member?.Name ?? string.Empty));
}
