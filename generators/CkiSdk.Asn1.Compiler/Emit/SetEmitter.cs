using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the reading of a SET whose order only the octets show: each element says by its tag which component it is (X.690 10.3).</summary>
internal static class SetEmitter
{
    /// <summary>Writes the statements that read all components into the variables <c>value</c> with the index behind it.</summary>
    public static void Read(SourceWriter writer, RecordModel type)
    {
        var components = type.Components.ToArray();
        for (var i = 0; i < components.Length; i++)
        {
            Declare(writer, type, components[i], i);
        }

        if (type.UnknownAt is not null)
        {
            writer.Line($"var unknown = new global::System.Collections.Generic.List<{Runtime.Prefix}AnyValue>();");
        }

        Loop(writer, type, isChecked: false, ReadOne, "unknown.Add(reader.ReadAny());");
        Required(writer, components);
        foreach (var i in Waiting(components))
        {
            RecordEmitter.ReadComponent(writer, components[i], i, $"later{i}");
        }
    }

    /// <summary>Writes the statements that check all components and make no value.</summary>
    public static void Check(SourceWriter writer, RecordModel type)
    {
        for (var i = 0; i < type.Components.Count; i++)
        {
            Flag(writer, type, type.Components[i], i, isChecked: true);
        }

        Loop(writer, type, isChecked: true, (_, component, _) => ValidateEmitter.Content(writer, component), "reader.SkipAny();");
        Required(writer, [.. type.Components]);
    }

    private static void Declare(SourceWriter writer, RecordModel type, ComponentModel component, int index)
    {
        Flag(writer, type, component, index, isChecked: false);
        if (Waits(component))
        {
            writer.Line($"var later{index} = reader;");
            return;
        }

        writer.Line($"{component.Use.CSharpType}{(component.IsOptional ? "?" : string.Empty)} value{index} = {component.Default ?? (component.IsOptional ? "null" : "default!")};");
        if (component.EncodedMember is not null)
        {
            writer.Line($"var encoded{index} = false;");
        }

        if (component.KeepsOctets)
        {
            writer.Line($"{Runtime.Octets} octets{index} = default;");
        }
    }

    // The flag that a component was there, for those of which something depends on it.
    private static void Flag(SourceWriter writer, RecordModel type, ComponentModel component, int index, bool isChecked)
    {
        if (HasFlag(type, component, isChecked))
        {
            writer.Line($"var has{index} = false;");
        }
    }

    private static bool HasFlag(RecordModel type, ComponentModel component, bool isChecked) =>
        IsRequired(component) || component.StartTags.Count > 1 || (isChecked ? ExtensionGroups.IsWatched(type, component) : Waits(component));

    private static bool IsRequired(ComponentModel component) => !component.IsOptional && component.Default is null;

    private static void Loop(SourceWriter writer, RecordModel type, bool isChecked, Action<SourceWriter, ComponentModel, int> read, string addition)
    {
        writer.Line($"var previous = default({Runtime.Prefix}Tag);").Open("while (reader.HasData)").Line("reader.CheckSetTag(ref previous);");
        var keyword = "if";
        foreach (var (component, index) in type.Components.Select((component, index) => (component, index)))
        {
            writer.Open($"{keyword} ({Starts.Condition(component)})").Line($"reader.Field({Runtime.Literal(component.Asn1Name)});");
            if (component.StartTags.Count > 1)
            {
                writer.Open($"if (has{index})").Line($"reader.Throw({Runtime.Prefix}DerErrorKind.DuplicateComponent, {Runtime.Literal($"{component.Asn1Name} a second time")});").Close().Line();
            }

            read(writer, component, index);
            if (HasFlag(type, component, isChecked))
            {
                writer.Line($"has{index} = true;");
            }

            writer.Close();
            keyword = "else if";
        }

        var rest = type.UnknownAt is not null ? addition : $"reader.ThrowUnexpectedTag({Runtime.Literal($"a component of {type.Asn1Name}")});";
        if (keyword == "if")
        {
            writer.Line(rest);
        }
        else
        {
            writer.Open("else").Line(rest).Close();
        }

        writer.Close();
    }

    private static void ReadOne(SourceWriter writer, ComponentModel component, int index)
    {
        if (Waits(component))
        {
            writer.Line($"later{index} = reader;").Line("reader.SkipAny();");
            return;
        }

        if (component.KeepsOctets)
        {
            writer.Line($"var start{index} = reader.Position;");
        }

        Codec.Read(writer, component.Use, $"var read{index}", Codec.TagExpressions(component.Use));
        if (component.Default is not null)
        {
            RecordEmitter.MeetDefault(writer, component, index, $"read{index}", $"value{index}");
        }

        writer.Line($"value{index} = read{index};");
        if (component.KeepsOctets)
        {
            writer.Line($"octets{index} = reader.Slice(start{index});");
        }
    }

    private static void Required(SourceWriter writer, ComponentModel[] components)
    {
        for (var i = 0; i < components.Length; i++)
        {
            if (IsRequired(components[i]))
            {
                writer.Open($"if (!has{i})").Line($"reader.Throw({Runtime.Prefix}DerErrorKind.MissingComponent, {Runtime.Literal($"{components[i].Asn1Name} is missing")});").Close();
            }
        }
    }

    // What another component decides of is read when all of them are known.
    private static bool Waits(ComponentModel component) => Selectors(component).Any();

    private static IEnumerable<SelectorPath> Selectors(ComponentModel component) => SelectorUses.Of(component.Use).Where(path => path.Parameter is null);

    // Those that wait, each behind the ones that it depends on.
    private static IEnumerable<int> Waiting(ComponentModel[] components)
    {
        var left = Enumerable.Range(0, components.Length).Where(index => Waits(components[index])).ToList();
        while (left.Count > 0)
        {
            var next = left.FindIndex(index => Selectors(components[index]).All(path => !left.Contains(RecordEmitter.IndexOf(components, path.Steps[0]))));
            next = Math.Max(next, 0);
            yield return left[next];
            left.RemoveAt(next);
        }
    }
}
