using System.Globalization;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the member by which a generated type describes itself at run time.</summary>
internal static class DescriptorEmitter
{
    private const string Type = Runtime.Prefix + "TypeDescriptor";
    private const string OpenType = Runtime.Prefix + "OpenTypeDescriptor";

    /// <summary>Writes the member; the descriptor is made when it is first asked for, its parts when they are.</summary>
    public static void Emit(SourceWriter writer, TypeModel type)
    {
        DocEmitter.Summary(writer, "Gets the description of the type.");
        var restricted = type is WrapperModel || Has(type.Relaxations, Relaxations.ConstraintViolated) ? string.Empty : Constraint(type.Constraint, "Restricted");
        writer.Line($"public static {Type} Descriptor => _descriptor ?? {Type}.Publish(ref _descriptor, {Make(type)}{restricted});").Line();
        writer.Line($"private static {Type}? _descriptor;").Line();
    }

    /// <summary>Writes the member by which an open type describes the object set that it is tied to.</summary>
    public static void Emit(SourceWriter writer, UnionModel type)
    {
        DocEmitter.Summary(writer, "Gets the description of the object set.");
        writer.Line($"public static {OpenType} Descriptor => _descriptor ?? {OpenType}.Publish(ref _descriptor, new({Runtime.Literal(type.Name)}, {(type.IsExtensible ? "true" : "false")}, {Runtime.Literal(type.Notation)}, static () => [{string.Join(", ", type.Alternatives.Select(Alternative))}]));").Line();
        writer.Line($"private static {OpenType}? _descriptor;").Line();
    }

    private static string Alternative(UnionAlternativeModel alternative) =>
        $"new({Runtime.Literal(alternative.Name)}, {(alternative.Use is { } use ? Use(use) : "null")}{string.Concat(alternative.Keys.Select(key => ", " + (DescriptorKinds.Key(key) is { } text ? Runtime.Literal(text) : "(string?)null")))})";

    private static string Make(TypeModel type) => Whole(type) + (type.Parameters.Count == 0 ? string.Empty
        : $".Taking({string.Join(", ", type.Parameters.Select(parameter => Runtime.Literal(parameter.Name)))})");

    private static string Paths(EquatableArray<SelectorPath> paths) => string.Join(", ", paths.Select(path =>
        $"new {Runtime.Prefix}SelectorPath({(path.Parameter is { } parameter ? Runtime.Literal(parameter) : "null")}{string.Concat(path.Steps.Select(step => ", " + Runtime.Literal(step.Asn1Name)))})"));

    private static string Whole(TypeModel type) => type switch
    {
        RecordModel record => Structure(record, record.IsSet ? "Set" : "Sequence", record.UnknownAt ?? -1, record.Components, record.Tags),
        ChoiceModel choice => Structure(choice, "Choice", choice.IsExtensible ? choice.Alternatives.Count : -1, choice.Alternatives, choice.Tags),
        EnumModel items => $"{Type}.Enumeration({Name(items)}, {(items.IsExtensible ? "true" : "false")}, {Numbers(items.Items)}{Tags(items.Tags)})",
        WrapperModel wrapper => $"{Type}.Named({Name(wrapper)}, static () => {Use(wrapper.Use)}{(wrapper.Names.Count > 0 ? ", " + Numbers(wrapper.Names) : string.Empty)})",
        _ => throw new InvalidOperationException(type.GetType().Name),
    };

    private static string Structure(TypeModel type, string kind, int unknownAt, EquatableArray<ComponentModel> components, EquatableArray<TagModel> tags) =>
        $"{Type}.Structure({Kind(kind)}, {Name(type)}, {unknownAt.ToString(CultureInfo.InvariantCulture)}, static () => [{string.Join(", ", components.Select(Component))}]{Tags(tags)})";

    private static string Component(ComponentModel component)
    {
        var settings = new List<string>();
        if (DescriptorKinds.Default(component) is { } octets)
        {
            settings.Add($"Default = global::System.Convert.FromHexString(\"{octets}\")");
        }
        else if (component.IsOptional || component.Default is not null)
        {
            settings.Add("IsOptional = true");
        }

        if (component.EncodedMember is not null)
        {
            settings.Add("AdmitsEncodedDefault = true");
        }

        if (component.Group > 0)
        {
            settings.Add($"Group = {component.Group.ToString(CultureInfo.InvariantCulture)}");
        }

        if (component.IsRequiredInGroup)
        {
            settings.Add("IsRequiredInGroup = true");
        }

        return $"new({Runtime.Literal(component.Asn1Name)}, {Use(component.Use)}){(settings.Count > 0 ? $" {{ {string.Join(", ", settings)} }}" : string.Empty)}";
    }

    private static string Use(TypeUse use) => Bare(use) + Relaxed(use.Relaxations) + (Has(use.Relaxations, Relaxations.ConstraintViolated) ? string.Empty : Constraint(use.Constraint, "Constrained"));

    private static string Relaxed(Relaxations relaxations) => Has(relaxations, Relaxations.UntrimmedNamedBits | Relaxations.UnsortedSetOf)
        ? $".Relaxed({Flag(Has(relaxations, Relaxations.UntrimmedNamedBits))}, {Flag(Has(relaxations, Relaxations.UnsortedSetOf))})" : string.Empty;

    private static bool Has(Relaxations relaxations, Relaxations wanted) => (relaxations & wanted) != Relaxations.None;

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Constraint(ConstraintModel? constraint, string method) => constraint is null || constraint.Node is EveryValueNode or ContainingNode ? string.Empty
        : $".{method}({Runtime.Literal(constraint.Notation)}, static () => {DescriptorConstraints.Expression(constraint.Node)})";

    private static string Bare(TypeUse use) => use.Core switch
    {
        RuntimeCore { Method: "External" or "EmbeddedPdv" or "CharacterString" or "InstanceOf" } core => $"{Runtime.Prefix}{core.Method}.Descriptor.As({Joined(use.Tags)})",
        RuntimeCore core => $"{Type}.Of({Kind(DescriptorKinds.Of(core))}{Tags(use.Tags)})",
        GeneratedCore core => $"{core.FullName}{(core.Kind == GeneratedKind.Enum ? "Codec" : string.Empty)}.Descriptor.As({Joined(use.Tags)}){(core.Selectors.Count > 0 ? $".Selecting({Paths(core.Selectors)})" : string.Empty)}",
        UnionCore core => $"{Type}.Open({core.FullName}.Descriptor, [{Paths(core.Selectors)}]{Tags(use.Tags)})",
        ListCore core => $"{Type}.List({Kind(core.IsSet ? "SetOf" : "SequenceOf")}, {Use(core.Element)}{Tags(use.Tags)})",
        ContainedCore core => $"{Type}.Container({Kind(core.IsBits ? "BitString" : "OctetString")}, {Use(core.Inner)}{Tags(use.Tags)})",
        _ => $"{Type}.Of({Kind("Any")}{Tags(use.Tags)})",
    };

    private static string Kind(string name) => $"{Runtime.Prefix}TypeKind.{name}";

    private static string Name(TypeModel type) => $"{Runtime.Literal(type.Module)}, {Runtime.Literal(type.Asn1Name)}";

    private static string Joined(EquatableArray<TagModel> tags) => string.Join(", ", tags.Select(Runtime.Tag));

    private static string Tags(EquatableArray<TagModel> tags) => tags.Count > 0 ? ", " + Joined(tags) : string.Empty;

    private static string Numbers(EquatableArray<NamedNumberModel> numbers) =>
        $"[{string.Join(", ", numbers.Select(number => $"new({Runtime.Literal(number.Asn1Name)}, {Runtime.Number(number.Value)})"))}]";
}
