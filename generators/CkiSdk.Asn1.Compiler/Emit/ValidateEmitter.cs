using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the methods that check what decoding checks and make no value.</summary>
internal static class ValidateEmitter
{
    /// <summary>Writes the method of a SEQUENCE or SET.</summary>
    public static void Record(SourceWriter writer, RecordModel type)
    {
        if (type.Parameters.Count > 0)
        {
            return;
        }

        OwnTag(writer, type.Tags);
        var components = type.Components.ToArray();
        if (type.Constraint is { IsChecked: true } || RecordEmitter.Later(components).Any(index => index >= 0) || (type.IsOrderedByTag && components.Any(component => SelectorUses.Any(component.Use))))
        {
            ByDecoding(writer, tagged: true);
            return;
        }

        var tags = Head(writer, type.Tags);
        Enter(writer, tags);
        if (type.IsOrderedByTag)
        {
            SetEmitter.Check(writer, type);
        }
        else
        {
            Sequence(writer, type, components);
        }

        ExtensionGroups.Read(writer, type, static (_, index) => $"has{index}");
        Leave(writer, tags);
        writer.Close();
    }

    /// <summary>Writes the check of a component that is there, behind its name.</summary>
    public static void Content(SourceWriter writer, ComponentModel component)
    {
        if (component is { Default: { } value, EncodedMember: null })
        {
            var read = writer.Fresh("read");
            Codec.Read(writer, component.Use, $"var {read}", Codec.TagExpressions(component.Use));
            RecordEmitter.RefuseDefault(writer, component, read, value);
        }
        else
        {
            Validation.Check(writer, component.Use, Codec.TagExpressions(component.Use));
        }
    }

    private static void Sequence(SourceWriter writer, RecordModel type, ComponentModel[] components)
    {
        var selectors = new HashSet<string>(components.SelectMany(component => SelectorUses.Of(component.Use)).SelectMany(path => path.Steps.Take(1)).Select(step => step.Asn1Name), StringComparer.Ordinal);
        writer.Selector = path => SelectorUses.Expression(path, step => $"value{RecordEmitter.IndexOf(components, step)}");
        for (var i = 0; i <= components.Length; i++)
        {
            if (type.UnknownAt == i)
            {
                writer.Open($"while ({RecordEmitter.UnknownCondition(components.Skip(i))})").Line("reader.SkipAny();").Close();
            }

            if (i < components.Length && selectors.Contains(components[i].Asn1Name))
            {
                RecordEmitter.ReadComponent(writer, components[i], i);
                if (ExtensionGroups.IsWatched(type, components[i]))
                {
                    writer.Line($"var has{i} = {ExtensionGroups.IsRead(components[i], i)};");
                }
            }
            else if (i < components.Length)
            {
                Component(writer, components[i], ExtensionGroups.IsWatched(type, components[i]) ? $"has{i}" : null);
            }
        }
    }

    /// <summary>Writes the method of a CHOICE.</summary>
    public static void Choice(SourceWriter writer, ChoiceModel type)
    {
        if (type.Parameters.Count > 0)
        {
            return;
        }

        OwnTag(writer, type.Tags);
        if (type.Constraint is { IsChecked: true } || type.Alternatives.Any(alternative => SelectorUses.Any(alternative.Use)))
        {
            ByDecoding(writer, type.Tags.Count > 0);
            return;
        }

        var tags = Head(writer, type.Tags);
        Enter(writer, tags);
        var keyword = "if";
        foreach (var alternative in type.Alternatives.OrderBy(a => a.StartTags.Count == 0))
        {
            writer.Open($"{keyword} ({Starts.Condition(alternative)})");
            writer.Line($"reader.Alternative({Runtime.Literal(alternative.Asn1Name)});");
            Validation.Check(writer, alternative.Use, Codec.TagExpressions(alternative.Use));
            writer.Close();
            keyword = "else if";
        }

        if (type.IsExtensible && type.Alternatives.All(alternative => alternative.StartTags.Count > 0))
        {
            writer.Open($"{keyword} (reader.HasData)").Line("reader.SkipAny();").Close();
            keyword = "else if";
        }

        writer.Open(keyword == "if" ? string.Empty : "else").Line($"reader.ThrowUnexpectedTag({Runtime.Literal(type.Asn1Name)});").Close();
        Leave(writer, tags);
        writer.Close();
    }

    /// <summary>Writes the method of a struct around another type.</summary>
    public static void Wrapper(SourceWriter writer, WrapperModel type)
    {
        if (type.Parameters.Count > 0)
        {
            return;
        }

        OwnTag(writer, type.Use.Tags);
        if (SelectorUses.Any(type.Use))
        {
            ByDecoding(writer, type.Use.Tags.Count > 0);
            return;
        }

        Validation.Check(writer, type.Use, Head(writer, type.Use.Tags));
        writer.Close();
    }

    /// <summary>Writes the method of an open type, which takes the selectors.</summary>
    public static void Union(SourceWriter writer, UnionShape shape)
    {
        DocEmitter.Summary(writer, "Reads past the value that the selector stands for and checks all that decoding checks.");
        writer.Open($"public static void Validate(ref {Runtime.Prefix}DerReader reader{shape.TagParameter}, {shape.Parameters(optional: true)})");
        if (shape.IsOptional)
        {
            writer.Open($"if ({shape.IsNothing})").Line($"_ = {shape.ReadRaw};").Line("return;").Close().Line();
        }

        writer.Open($"switch (FindObject({shape.KnownArguments}))");
        for (var i = 0; i < shape.Type.Alternatives.Count; i++)
        {
            writer.Open($"case {(i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}:");
            if (shape.Type.Alternatives[i].Use is { } use)
            {
                shape.Enter(writer);
                Validation.Check(writer, use, Codec.TagExpressions(use));
                shape.Leave(writer);
            }
            else
            {
                Refuse(writer, shape);
            }

            writer.Line("return;").Close();
        }

        writer.Close().Line();
        if (shape.Type.IsExtensible)
        {
            writer.Open($"if (Registrations.TryFind({shape.Key(true)}, out var decoder))");
            shape.Enter(writer);
            writer.Line("_ = decoder(ref reader);");
            shape.Leave(writer);
            writer.Line("return;").Close().Line().Line($"_ = {shape.ReadRaw};");
        }
        else
        {
            Refuse(writer, shape);
        }

        writer.Close().Line();
    }

    private static void Refuse(SourceWriter writer, UnionShape shape) =>
        writer.Line($"reader.Throw({Runtime.Prefix}DerErrorKind.ConstraintViolated, {Runtime.Literal(shape.Type.Notation)});");

    private static void OwnTag(SourceWriter writer, EquatableArray<TagModel> tags)
    {
        writer.Line();
        if (tags.Count > 0)
        {
            DocEmitter.Summary(writer, "Reads past one element with the type's own tag and checks all that decoding checks.");
            writer.Line($"public static void Validate(ref {Runtime.Prefix}DerReader reader) => Validate(ref reader, {Runtime.Tag(tags[0])});").Line();
        }

        DocEmitter.Summary(writer, "Reads past one element and checks all that decoding checks.");
    }

    /// <summary>Opens the method; returns the expressions of all tags, the outermost being the parameter.</summary>
    private static string[] Head(SourceWriter writer, EquatableArray<TagModel> own)
    {
        var tags = own.Select(Runtime.Tag).ToArray();
        if (tags.Length > 0)
        {
            tags[0] = "tag";
        }

        writer.Open($"public static void Validate(ref {Runtime.Prefix}DerReader reader{(tags.Length > 0 ? $", {Runtime.Prefix}Tag tag" : string.Empty)})");
        return tags;
    }

    /// <summary>Open types are chosen by values of other components, and inner constraints are of them: decoding has these at hand.</summary>
    private static void ByDecoding(SourceWriter writer, bool tagged) => writer.Line(tagged
        ? $"public static void Validate(ref {Runtime.Prefix}DerReader reader, {Runtime.Prefix}Tag tag) => _ = Decode(ref reader, tag);"
        : $"public static void Validate(ref {Runtime.Prefix}DerReader reader) => _ = Decode(ref reader);");

    private static void Enter(SourceWriter writer, string[] tags)
    {
        for (var i = 0; i < tags.Length; i++)
        {
            writer.Line($"var outer{i} = reader.Enter({tags[i]});");
        }
    }

    private static void Leave(SourceWriter writer, string[] tags)
    {
        for (var i = tags.Length - 1; i >= 0; i--)
        {
            writer.Line($"reader.Leave(outer{i});");
        }
    }

    private static void Component(SourceWriter writer, ComponentModel component, string? flag)
    {
        writer.Line($"reader.Field({Runtime.Literal(component.Asn1Name)});");
        if (!component.IsOptional && component.Default is null)
        {
            Content(writer, component);
            return;
        }

        if (flag is null)
        {
            writer.Open($"if ({Starts.Condition(component)})");
        }
        else
        {
            writer.Line($"var {flag} = {Starts.Condition(component)};").Open($"if ({flag})");
        }

        Content(writer, component);
        writer.Close();
    }
}
