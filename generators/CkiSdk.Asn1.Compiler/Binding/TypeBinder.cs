using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Says of each type how C# holds, reads and writes it, and hoists the inner types that need a name.</summary>
internal sealed class TypeBinder(Peeler peeler, TagBinder tags, ConstraintBinder constraints, Reporter reporter)
{
    private const int MostDepth = 100;

    private readonly Dictionary<string, string> _instances = new(StringComparer.Ordinal);
    private int _depth;

    /// <summary>Gets or sets what turns the braces of SEQUENCE, SET, CHOICE and ENUMERATED into a type of their own.</summary>
    public StructureBinder Structures { get; set; } = null!;

    /// <summary>Gets or sets what makes unions of open types.</summary>
    public UnionBinder Unions { get; set; } = null!;

    /// <summary>Returns the use of a type; null after a report.</summary>
    public TypeUse? Use(TypeSyntax type, Scope scope, Place place)
    {
        if (peeler.Peel(type, scope) is not { } peeled)
        {
            return null;
        }

        if (_depth >= MostDepth)
        {
            reporter.Error(DiagnosticCodes.TooDeep, scope.Unit, type.Span, "types are nested too deeply here");
            return null;
        }

        _depth++;
        var use = Use(peeled, place);
        _depth--;
        return use;
    }

    /// <summary>Returns the use that a component's type has elsewhere, without making anything; null where it has none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="scope">Where it is to be understood.</param>
    /// <param name="space">The namespace of the type with the component.</param>
    /// <param name="name">The name that it has there if it is an inner type.</param>
    public TypeUse? Preview(TypeSyntax type, Scope scope, string space, string name)
    {
        if (peeler.Peel(type, scope) is not { } peeled || peeled.Base is SequenceOfTypeSyntax || (peeled.Base is ClassFieldTypeSyntax && peeled.Tables.Count > 0))
        {
            return null;
        }

        var isHoisted = peeled.Target is null && peeled.Base is SequenceTypeSyntax or ChoiceTypeSyntax or EnumeratedTypeSyntax
            or IntegerTypeSyntax { Names.Count: > 0 } or BitStringTypeSyntax { Names.Count: > 0 };
        var place = new Place(scope.Unit, name, scope.Unit.Syntax.Assignments[0]);
        return !isHoisted ? Use(peeled, place)
            : new TypeUse($"{space}.{name}", peeled.Base is not (SequenceTypeSyntax or ChoiceTypeSyntax), new GeneratedCore($"{space}.{name}", Kind(peeled), tags.Natural(peeled).Count), default, null);
    }

    /// <summary>Returns the use of a type whose base is known.</summary>
    public TypeUse? Use(Peeled peeled, Place place) =>
        Strict(peeled, place) is { } use ? use with { Relaxations = place.Relaxations } : null;

    private TypeUse? Strict(Peeled peeled, Place place)
    {
        var chain = new EquatableArray<TagModel>(tags.Chain(peeled));
        switch (peeled.Base)
        {
            case var _ when peeled.Target is { } target:
                return Reference(peeled, target, chain);
            case BuiltinTypeSyntax { Name: "OCTET STRING" } or BitStringTypeSyntax { Names.Count: 0 } when Unions.Contained(peeled, place, chain) is { } contained:
                return contained;
            case BuiltinTypeSyntax { Name: "OCTET STRING" } or BitStringTypeSyntax { Names.Count: 0 } when Contents(peeled, place, chain) is { } contents:
                return contents;
            case SequenceTypeSyntax or ChoiceTypeSyntax or EnumeratedTypeSyntax:
            case IntegerTypeSyntax { Names.Count: > 0 }:
            case BitStringTypeSyntax { Names.Count: > 0 }:
                return Hoisted(peeled, place, chain);
            case IntegerTypeSyntax:
                return Integer(peeled, chain, place.Relaxations);
            case BitStringTypeSyntax:
                return Runtime("BitString", "BitString", chain, constraints.Bind(peeled));
            case SequenceOfTypeSyntax list:
                return List(list, peeled, place, chain);
            case ClassFieldTypeSyntax when Typed(peeled, place, chain) is { } typed:
                return typed;
            case ClassFieldTypeSyntax when Unions.Use(peeled, place, chain) is { } union:
                return union;
            case AnyTypeSyntax or ClassFieldTypeSyntax:
                return new TypeUse($"{Emit.Runtime.Prefix}AnyValue", true, new AnyCore(), chain, constraints.Bind(peeled));
            case InstanceOfTypeSyntax instance when InstanceTypes.Associated(peeled, instance) is { } associated
                && peeler.Peel(InstanceTypes.Value(associated), associated.Scope) is { Tables.Count: > 0 } value && value.Tables[0].Set.Objects.Count > 0:
                return Hoisted(associated, place, new EquatableArray<TagModel>(tags.Chain(associated)));
            case InstanceOfTypeSyntax:
                return new TypeUse($"{Emit.Runtime.Prefix}InstanceOf", false, new RuntimeCore("InstanceOf"), chain, constraints.Bind(peeled));
            case BuiltinTypeSyntax builtin when BuiltinTypes.Find(builtin.Name) is { } known:
                return new TypeUse(known.CSharpType, known.IsValueType, new RuntimeCore(known.Method), chain, constraints.Bind(peeled));
            default:
                reporter.Error(DiagnosticCodes.Unsupported, peeled.Scope.Unit, peeled.Base.Span, $"{Describe(peeled.Base)} is not compiled by this version");
                return null;
        }
    }

    /// <summary>Returns the use of an INTEGER: <c>int</c> or <c>long</c> where a constraint permits no more.</summary>
    public TypeUse Integer(Peeled peeled, EquatableArray<TagModel> chain, Relaxations relaxations)
    {
        var constraint = constraints.Bind(peeled);

        // What lies outside of the bounds must have room, too, where it is admitted.
        var bounds = (relaxations & Relaxations.ConstraintViolated) == Relaxations.None ? constraint?.Numbers ?? default : default;
        var kind = Fits(bounds, int.MinValue, int.MaxValue) ? "int" : Fits(bounds, long.MinValue, long.MaxValue) ? "long" : "Integer";
        return kind switch
        {
            "int" => new TypeUse("int", true, new RuntimeCore("Int32"), chain, constraint),
            "long" => new TypeUse("long", true, new RuntimeCore("Int64"), chain, constraint),
            _ => Runtime("Integer", "Integer", chain, constraint),
        };
    }

    /// <summary>Returns the use of a type of the runtime.</summary>
    public static TypeUse Runtime(string type, string method, EquatableArray<TagModel> chain, ConstraintModel? constraint) =>
        new(Emit.Runtime.Prefix + type, true, new RuntimeCore(method), chain, constraint);

    private static bool Fits(ConstraintBounds bounds, long least, long most) => bounds.Minimum >= least && bounds.Maximum <= most;

    /// <summary>An open type with a type constraint (X.680 51.6) is an element of that type; its own tags are explicit.</summary>
    private TypeUse? Typed(Peeled peeled, Place place, EquatableArray<TagModel> chain)
    {
        foreach (var (constraint, scope) in peeled.Constraints)
        {
            if (constraint is { IsExtensible: false, Root: ContainedSubtypeSyntax { Type: var type } } && Use(type, scope, place) is { } use)
            {
                return use with { Tags = new EquatableArray<TagModel>(chain.Concat(use.Tags)) };
            }
        }

        return null;
    }

    private TypeUse? Reference(Peeled peeled, Symbol target, EquatableArray<TagModel> chain)
    {
        var definition = peeler.Peel(((TypeAssignmentSyntax)target.Assignment).Type, target.Unit.Scope);
        if (definition is null)
        {
            return null;
        }

        var kind = Kind(definition);
        var own = tags.Chain(definition).Count;
        if (tags.IsEndless(target.Assignment))
        {
            return null;
        }

        var isValue = kind == GeneratedKind.Enum || !(definition.Target is null && definition.Base is SequenceTypeSyntax or ChoiceTypeSyntax);
        var core = new GeneratedCore(target.FullName, kind, own);
        core = target.Unit.ViewOf(target.Unit.TypeName(target.Assignment.Name)) is { } view ? core with { View = view } : core;
        return new TypeUse(target.FullName, isValue, core, chain, constraints.Bind(peeled));
    }

    private static GeneratedKind Kind(Peeled definition) => definition switch
    {
        { Target: not null } => GeneratedKind.Plain,
        { Base: ChoiceTypeSyntax } => GeneratedKind.Choice,
        { Base: EnumeratedTypeSyntax } => GeneratedKind.Enum,
        _ => GeneratedKind.Plain,
    };

    private TypeUse? Hoisted(Peeled peeled, Place place, EquatableArray<TagModel> chain)
    {
        // A parameterised type that contains itself is the instance that is being made already.
        var key = peeled.Instances.Count > 0 ? peeled.Instances[peeled.Instances.Count - 1] : null;
        var natural = tags.Natural(peeled);
        var isValue = peeled.Base is not (SequenceTypeSyntax or ChoiceTypeSyntax);
        var sources = default(EquatableArray<SelectorPath>);
        if (key is null || !_instances.TryGetValue(key, out var name))
        {
            name = place.Unit.Hoist(place.Name);
            if (key is not null)
            {
                _instances[key] = name;
            }

            sources = Structures.Declare(peeled with { Tags = [] }, place with { Name = name }, natural, hoisted: true);
            if (key is not null)
            {
                _instances.Remove(key);
            }
        }

        var fullName = $"global::{place.Unit.Namespace}.{name}";
        return new TypeUse(fullName, isValue, new GeneratedCore(fullName, Kind(peeled), natural.Count) { Selectors = sources }, chain, null);
    }

    /// <summary>
    /// A string that contains one type by DER is held as that value (X.682 11): its octets are those of the value. Where it has other constraints, or the contents are open
    /// or a string of this kind again, it stays a string.
    /// </summary>
    private TypeUse? Contents(Peeled peeled, Place place, EquatableArray<TagModel> chain)
    {
        if (peeled.Constraints.Count != 1 || (place.Relaxations & Relaxations.ConstraintViolated) != Relaxations.None)
        {
            return null;
        }

        var (constraint, scope) = peeled.Constraints[0];
        if (constraint.Root is not ContentsConstraintSyntax { Type: { } type } contents || !Unions.IsDer(contents.EncodedBy, scope)
            || peeler.Definition(type, scope) is not { } definition || definition.Base is AnyTypeSyntax or ClassFieldTypeSyntax
            || definition.Constraints.Any(inner => inner.Constraint.Root is ContentsConstraintSyntax))
        {
            return null;
        }

        return Use(type, scope, place) is { } use && !Emit.SelectorUses.Any(use)
            ? new TypeUse(use.CSharpType, use.IsValueType, new ContainedCore(peeled.Base is BitStringTypeSyntax, use), chain, null) : null;
    }

    private TypeUse? List(SequenceOfTypeSyntax list, Peeled peeled, Place place, EquatableArray<TagModel> chain)
    {
        if (Use(list.Element, peeled.Scope, place.Inner(list.ElementName ?? "Item")) is not { } element)
        {
            return null;
        }

        var type = $"{Emit.Runtime.Prefix}{(list.IsSet ? "Set" : "Sequence")}Of<{element.CSharpType}>";
        return new TypeUse(type, true, new ListCore(list.IsSet, element), chain, constraints.Bind(peeled));
    }

    private static string Describe(TypeSyntax type) => type switch
    {
        BuiltinTypeSyntax builtin => builtin.Name,
        TypeReferenceSyntax reference when ClassBinder.IsBuiltin(reference.Name) => $"the class {reference.Name} as a type",
        _ => "this form of type",
    };
}
