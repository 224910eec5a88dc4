using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the record of a SEQUENCE or SET.</summary>
internal static class RecordEmitter
{
    private const string Unknown = "UnknownExtensions";

    /// <summary>Writes the type.</summary>
    public static void Emit(SourceWriter writer, RecordModel type)
    {
        OwnEmitter.Open(writer, type, "public sealed partial record");
        foreach (var component in type.Components.Where(component => component.Own is null))
        {
            Property(writer, component);
            if (component.EncodedMember is { } encoded)
            {
                DocEmitter.Summary(writer, $"Gets whether {component.Asn1Name} is encoded although it has its default value (X.690 11.5), as it was received.");
                writer.Line($"public bool {encoded} {{ get; init; }}").Line();
            }

            if (component is { DefaultMember: { } member, DefaultDer: { } der })
            {
                DocEmitter.Summary(writer, $"Gets the default of the component {component.Asn1Name}.");
                writer.Line($"public static {component.Use.CSharpType} {member} {{ get; }} = {Codec.Decoded(component.Use, $"{type.Asn1Name}.{component.Asn1Name}", der)};").Line();
            }
        }

        if (type.UnknownAt is not null)
        {
            DocEmitter.Summary(writer, "Gets the extension additions that the module does not know, as received.");
            writer.Line($"public {Runtime.Prefix}SequenceOf<{Runtime.Prefix}AnyValue> {Unknown} {{ get; init; }}").Line();
        }

        TypeEmitter.CommonMembers(writer, type, type.Asn1Name);
        TypeEmitter.OwnTagMembers(writer, type, type.Tags[0]);
        Decode(writer, type);
        Encode(writer, type);
        ValidateEmitter.Record(writer, type);
        UserConstraints.Declare(writer, type);
        writer.Close();
        ViewEmitter.Record(writer, type);
    }

    /// <summary>Writes the statement that refuses a component that is encoded although it has its DEFAULT value (X.690 11.5), or that remembers it where it is admitted.</summary>
    public static void MeetDefault(SourceWriter writer, ComponentModel component, int index, string read, string value)
    {
        if (component.EncodedMember is not null)
        {
            writer.Line($"encoded{index} = {read}.Equals({value});");
            return;
        }

        RefuseDefault(writer, component, read, value);
    }

    /// <summary>Writes the statement that refuses a component that is encoded although it has its DEFAULT value (X.690 11.5).</summary>
    public static void RefuseDefault(SourceWriter writer, ComponentModel component, string read, string value)
    {
        writer.Open($"if ({read}.Equals({value}))");
        writer.Line($"reader.Throw({Runtime.Prefix}DerErrorKind.DefaultEncoded, {Runtime.Literal(component.Asn1Name)});").Close();
    }

    /// <summary>Returns the condition that the next element is an extension addition that the module does not know.</summary>
    public static string UnknownCondition(IEnumerable<ComponentModel> following)
    {
        var next = UpToMandatory(following);
        return next.Count == 0 ? "reader.HasData" : $"reader.HasData && !({string.Join(" || ", next.Select(Starts.Condition))})";
    }

    /// <summary>An identifier with optional parameters: there are few algorithms, and each certificate names three of them.</summary>
    private static bool IsShared(RecordModel type) => IsIdentified(type) && type.Components[1].IsOptional;

    /// <summary>An identifier and a value of any type, such as an attribute or an algorithm: most elements of a certificate lie in one.</summary>
    private static bool IsIdentified(RecordModel type) =>
        type.Components.Count == 2 && type.UnknownAt is null && type.Tags.Count == 1 && type.Parameters.Count == 0
        && type.Components[0] is { IsOptional: false, Default: null, KeepsOctets: false, Use: { Core: RuntimeCore { Method: "ObjectIdentifier" }, Tags.Count: 1 } }
        && type.Components[1] is { Default: null, KeepsOctets: false, Use: { Core: AnyCore, Tags.Count: 0 } };

    private static bool WritesAtOnce(RecordModel type) =>
        IsIdentified(type) && type.Own is null && type.Components.All(component => component.Use.Constraint is not { IsChecked: true })
        && Runtime.Tag(type.Components[0].Use.Tags[0]) == $"{Runtime.Prefix}Tag.ObjectIdentifier";

    private static void Property(SourceWriter writer, ComponentModel component)
    {
        DocEmitter.Summary(writer, component.Comment ?? $"Gets the component {component.Asn1Name}.");
        if (component.KeepsOctets)
        {
            KeptProperty(writer, component);
            return;
        }

        var optional = component.IsOptional ? "?" : string.Empty;
        var required = component.IsOptional || component.Default is not null ? string.Empty : "required ";
        var initial = component.Default is { } value ? $" = {value};" : string.Empty;
        writer.Line($"public {required}{component.Use.CSharpType}{optional} {component.Name} {{ get; init; }}{initial}").Line();
    }

    /// <summary>A signature covers octets, not fields: what was received is kept until the field is given another value.</summary>
    private static void KeptProperty(SourceWriter writer, ComponentModel component)
    {
        var field = $"_{component.Name}";
        writer.Open($"public required {component.Use.CSharpType} {component.Name}").Line($"get => {field};");
        writer.Open("init").Line($"{field} = value;").Line($"{field}Received = default;").Close().Close().Line();
        DocEmitter.Summary(writer, $"Gets the DER octets of {component.Asn1Name}: as received, or else encoded from its fields.");
        writer.Line($"public {Runtime.Octets} {component.Name}Encoded => {field}Received.Octets.IsEmpty ? {component.Name}.Encode() : {field}Received.Octets;").Line();
        writer.Line($"private readonly {component.Use.CSharpType} {field} = default!;").Line();
        writer.Line($"private {Runtime.Prefix}Retained {field}Received {{ get; init; }}").Line();
    }

    private static void Decode(SourceWriter writer, RecordModel type)
    {
        if (IsShared(type))
        {
            writer.Line($"private static readonly {Runtime.Prefix}SharedValues<{type.FullName}> _shared = new(static (ref {Runtime.Prefix}DerReader reader) => Decode(ref reader, reader.PeekTag()));").Line();
        }

        DocEmitter.Summary(writer, "Reads one element with another tag (X.680 31.2.7).");
        SelectorParameters.Decode(writer, type, hasTag: true);
        if (IsShared(type))
        {
            writer.Open("if (_shared.TryRead(ref reader, tag) is { } shared)").Line("return shared;").Close();
        }

        var start = Conditions.Start(writer, type.Constraint, type.Relaxations);
        var tags = type.Tags.Select(Runtime.Tag).ToArray();
        tags[0] = "tag";
        for (var i = 0; i < tags.Length; i++)
        {
            writer.Line($"var outer{i} = reader.Enter({tags[i]});");
        }

        var components = type.Components.ToArray();
        writer.Selector = path => SelectorUses.Expression(path, step => $"value{IndexOf(components, step)}");
        if (type.IsOrderedByTag)
        {
            SetEmitter.Read(writer, type);
        }
        else
        {
            ReadComponents(writer, type, components);
        }

        ExtensionGroups.Read(writer, type, ExtensionGroups.IsRead);
        for (var i = tags.Length - 1; i >= 0; i--)
        {
            writer.Line($"reader.Leave(outer{i});");
        }

        Construct(writer, type, start);
    }

    private static void ReadComponents(SourceWriter writer, RecordModel type, ComponentModel[] components)
    {
        var later = Later(components);
        for (var i = 0; i < components.Length; i++)
        {
            if (type.UnknownAt == i)
            {
                ReadUnknown(writer, components.Skip(i));
            }

            if (later[i] < 0)
            {
                ReadComponent(writer, components[i], i);
            }
            else
            {
                PassComponent(writer, components[i], i);
            }

            for (var passed = 0; passed <= i; passed++)
            {
                if (later[passed] == i)
                {
                    ReadComponent(writer, components[passed], passed, $"later{passed}");
                }
            }
        }

        if (type.UnknownAt == components.Length)
        {
            ReadUnknown(writer, []);
        }
    }

    private static void Construct(SourceWriter writer, RecordModel type, string? start)
    {
        var components = type.Components;
        writer.Open($"{(type.Constraint is not { IsChecked: true } ? "return" : "var result =")} new {type.FullName}{OwnEmitter.Arguments(type)}");
        for (var i = 0; i < components.Count; i++)
        {
            OwnEmitter.Assign(writer, type, i);
            if (components[i].EncodedMember is { } encoded)
            {
                writer.Line($"{encoded} = encoded{i},");
            }

            if (components[i].KeepsOctets)
            {
                writer.Line($"_{components[i].Name}Received = new {Runtime.Prefix}Retained(octets{i}),");
            }
        }

        if (type.UnknownAt is not null)
        {
            writer.Line($"{Unknown} = {Runtime.Prefix}SequenceOf.Create<{Runtime.Prefix}AnyValue>(global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan(unknown)),");
        }

        writer.Close("};");
        if (type.Constraint is { IsChecked: true })
        {
            Conditions.Read(writer, type.Constraint, type.Relaxations, "result", start);
            writer.Line("return result;");
        }

        writer.Close().Line();
    }

    /// <summary>Returns for each component the one behind it that chooses its type; -1 for most.</summary>
    public static int[] Later(ComponentModel[] components) =>
        [.. components.Select((component, i) => LastSelector(components, component) is { } last && last >= i ? last : -1)];

    /// <summary>Returns the index of the component that a step towards a selector names.</summary>
    public static int IndexOf(ComponentModel[] components, SelectorStep step) => Array.FindIndex(components, component => component.Asn1Name == step.Asn1Name);

    /// <summary>Returns the index of the last component that a component's open types depend on.</summary>
    private static int? LastSelector(ComponentModel[] components, ComponentModel component) =>
        SelectorUses.Of(component.Use).Where(path => path.Parameter is null).Select(path => (int?)IndexOf(components, path.Steps[0])).Max();

    /// <summary>A component whose type is chosen by one behind it is passed over, and read when that is known.</summary>
    private static void PassComponent(SourceWriter writer, ComponentModel component, int index)
    {
        writer.Line($"reader.Field({Runtime.Literal(component.Asn1Name)});").Line($"var later{index} = reader;");
        if (component.IsOptional)
        {
            writer.Line($"var has{index} = {Starts.Condition(component)};").Open($"if (has{index})").Line("reader.ReadAny();").Close();
        }
        else
        {
            writer.Line("reader.ReadAny();");
        }
    }

    /// <summary>Writes the statements that read a component into the variable <c>value</c> with its index behind it.</summary>
    public static void ReadComponent(SourceWriter writer, ComponentModel component, int index, string reader = "reader")
    {
        var value = $"value{index}";
        var tags = Codec.TagExpressions(component.Use);
        writer.Line($"{reader}.Field({Runtime.Literal(component.Asn1Name)});");
        if (!component.IsOptional && component.Default is null)
        {
            if (component.KeepsOctets)
            {
                writer.Line($"var start{index} = {reader}.Position;");
            }

            Codec.Read(writer, component.Use, $"var {value}", tags, reader);
            if (component.KeepsOctets)
            {
                writer.Line($"var octets{index} = {reader}.Slice(start{index});");
            }

            return;
        }

        var initial = component.Default ?? "null";
        writer.Line($"{component.Use.CSharpType}{(component.IsOptional ? "?" : string.Empty)} {value} = {initial};");
        if (component.EncodedMember is not null)
        {
            writer.Line($"var encoded{index} = false;");
        }

        writer.Open(reader == "reader" ? $"if ({Starts.Condition(component)})" : $"if (has{index})");
        var read = $"read{index}";
        Codec.Read(writer, component.Use, $"var {read}", tags, reader);
        if (component.Default is not null)
        {
            MeetDefault(writer, component, index, read, value);
        }

        writer.Line($"{value} = {read};").Close();
    }

    /// <summary>Returns the components that can come next: up to the first that must be there.</summary>
    private static List<ComponentModel> UpToMandatory(IEnumerable<ComponentModel> components)
    {
        var next = new List<ComponentModel>();
        foreach (var component in components)
        {
            next.Add(component);
            if (!component.IsOptional && component.Default is null)
            {
                break;
            }
        }

        return next;
    }

    private static void ReadUnknown(SourceWriter writer, IEnumerable<ComponentModel> following)
    {
        writer.Line($"var unknown = new global::System.Collections.Generic.List<{Runtime.Prefix}AnyValue>();");
        writer.Open($"while ({UnknownCondition(following)})").Line("unknown.Add(reader.ReadAny());").Close();
    }

    private static void Encode(SourceWriter writer, RecordModel type)
    {
        DocEmitter.Summary(writer, "Writes the element with another tag (X.680 31.2.7).");
        SelectorParameters.Encode(writer, type, hasTag: true);
        var components = type.Components.ToArray();
        writer.Selector = path => SelectorUses.Expression(path, step => components[IndexOf(components, step)].Name);
        Conditions.Write(writer, type.Constraint, type.Relaxations, "this", type.Asn1Name);
        ExtensionGroups.Write(writer, type);
        if (!WritesAtOnce(type) || !WriteAtOnce(writer, components))
        {
            WriteComponents(writer, type);
        }

        writer.Close();
    }

    private static void WriteComponents(SourceWriter writer, RecordModel type)
    {
        var tags = type.Tags.Select(Runtime.Tag).ToArray();
        tags[0] = "tag";
        for (var i = 0; i < tags.Length; i++)
        {
            writer.Line($"var outer{i} = writer.Length;");
        }

        for (var i = type.Components.Count; i >= 0; i--)
        {
            if (i < type.Components.Count)
            {
                WriteComponent(writer, type, type.Components[i], i);
            }

            if (type.UnknownAt == i)
            {
                writer.Open($"for (var i = {Unknown}.Count - 1; i >= 0; i--)").Line($"writer.WriteAny({Unknown}[i]);").Close();
            }
        }

        if (type.IsOrderedByTag)
        {
            writer.Line($"writer.SortSet(outer{tags.Length - 1});");
        }

        for (var i = tags.Length - 1; i >= 0; i--)
        {
            writer.Line($"writer.End({tags[i]}, outer{i});");
        }
    }

    /// <summary>Returns whether nothing is left to write: without its value, the record is written as others are.</summary>
    private static bool WriteAtOnce(SourceWriter writer, ComponentModel[] components)
    {
        var (identifier, value) = (components[0].Name, components[1].Name);
        if (!components[1].IsOptional)
        {
            writer.Line($"writer.WriteIdentified(tag, {identifier}, {value});");
            return true;
        }

        writer.Open($"if ({value} is {{ }} both)").Line($"writer.WriteIdentified(tag, {identifier}, both);").Line("return;").Close();
        return false;
    }

    private static void WriteComponent(SourceWriter writer, RecordModel type, ComponentModel component, int index)
    {
        var tags = Codec.TagExpressions(component.Use);
        var where = $"{type.Asn1Name}.{component.Asn1Name}";
        var name = OwnEmitter.Value(writer, component, index);
        if (component.IsOptional)
        {
            writer.Open($"if ({name} is {{ }} value{index})");
            Codec.Write(writer, component.Use, $"value{index}", tags, where);
            writer.Close();
        }
        else if (component.Default is { } value)
        {
            writer.Open($"if (!{name}.Equals({value}){(component.EncodedMember is { } encoded ? $" || {encoded}" : string.Empty)})");
            Codec.Write(writer, component.Use, name, tags, where);
            writer.Close();
        }
        else if (component.KeepsOctets)
        {
            // What a signature covers goes out as it came in.
            writer.Open($"if (_{component.Name}Received.IsEmpty)");
            Codec.Write(writer, component.Use, component.Name, tags, where);
            writer.Close().Open("else").Line($"writer.WriteRaw(_{component.Name}Received.Octets.Span);").Close();
        }
        else
        {
            Codec.Write(writer, component.Use, name, tags, where);
        }
    }
}
