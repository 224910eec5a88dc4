using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the records of the types that an open type can have, of which other components choose one.</summary>
internal static class UnionEmitter
{
    /// <summary>Writes the type.</summary>
    public static void Emit(SourceWriter writer, UnionModel type)
    {
        var shape = new UnionShape(type);
        DocEmitter.Write(writer, type.Doc, $"Is the open type {type.Asn1Name}.");
        writer.Open($"public abstract partial record {type.Name}");
        writer.Open($"private {type.Name}()").Close().Line();
        if (type.IsExtensible)
        {
            Registration(writer, shape);
        }

        DescriptorEmitter.Emit(writer, type);
        Decode(writer, shape);
        ValidateEmitter.Union(writer, shape);
        Encode(writer, shape);
        SelectorSwitch.Emit(writer, type);
        for (var i = 0; i < type.Alternatives.Count; i++)
        {
            if (type.Alternatives[i].Use is { } use)
            {
                Alternative(writer, shape, type.Alternatives[i], use, i + 1);
            }
        }

        if (shape.HasUnknown)
        {
            Unknown(writer, shape);
        }

        if (type.IsExtensible)
        {
            Registered(writer, shape);
        }

        writer.Close();
    }

    private static void Registration(SourceWriter writer, UnionShape shape)
    {
        var registry = $"{Runtime.Prefix}OpenTypeRegistry<{shape.KeyType}, {shape.Type.FullName}>";
        writer.Line($"private static readonly {registry} Registrations = new();").Line();
        DocEmitter.Summary(writer, "Adds a type to the object set: its values are read as Registered from then on. Any thread may call it.");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The module, or an earlier call, has another type for it.</exception>");
        writer.Line($"public static void Register<T>({shape.Parameters(optional: false)})").Line($"    where T : {Runtime.Prefix}IDerType<T>").Line("{");
        writer.Line($"    if (FindObject({shape.Arguments}) != 0)").Line("    {");
        writer.Line($"        throw new global::System.ArgumentException(\"The module has an object for it.\", nameof({shape.Name(0)}));").Line("    }").Line();
        writer.Line($"    Registrations.Add({shape.Key(false)}, typeof(T), (ref {Runtime.Prefix}DerReader reader) => new Registered<T>({shape.Arguments}, T.Decode(ref reader)));");
        writer.Line("}").Line();
    }

    private static void Decode(SourceWriter writer, UnionShape shape)
    {
        DocEmitter.Summary(writer, "Reads the value that the selector stands for.");
        writer.Open($"public static {shape.Type.FullName} Decode(ref {Runtime.Prefix}DerReader reader{shape.TagParameter}, {shape.Parameters(optional: true)})");
        if (shape.IsOptional)
        {
            writer.Open($"if ({shape.IsNothing})").Line($"return new Unknown({shape.Arguments}, {shape.ReadRaw});").Close().Line();
        }

        writer.Open($"switch (FindObject({shape.KnownArguments}))");
        for (var i = 0; i < shape.Type.Alternatives.Count; i++)
        {
            var alternative = shape.Type.Alternatives[i];
            writer.Open($"case {i + 1}:");
            if (alternative.Use is { } use)
            {
                shape.Enter(writer);
                Codec.Read(writer, use, "var value", Codec.TagExpressions(use));
                shape.Leave(writer);
                writer.Line($"return new {alternative.Name}(value);");
            }
            else
            {
                writer.Line($"reader.Throw({Runtime.Prefix}DerErrorKind.ConstraintViolated, {Runtime.Literal(shape.Type.Notation)});").Line("return null!;");
            }

            writer.Close();
        }

        writer.Close().Line();
        if (shape.Type.IsExtensible)
        {
            writer.Open($"if (Registrations.TryFind({shape.Key(true)}, out var decoder))");
            shape.Enter(writer);
            writer.Line("var value = decoder(ref reader);");
            shape.Leave(writer);
            writer.Line("return value;").Close().Line();
            writer.Line($"return new Unknown({shape.Arguments}, {shape.ReadRaw});");
        }
        else
        {
            writer.Line($"reader.Throw({Runtime.Prefix}DerErrorKind.ConstraintViolated, {Runtime.Literal(shape.Type.Notation)});").Line("return null!;");
        }

        writer.Close().Line();
    }

    private static void Encode(SourceWriter writer, UnionShape shape)
    {
        DocEmitter.Summary(writer, "Writes the value, which must be one that the selector stands for.");
        writer.Open($"public void Encode(ref {Runtime.Prefix}DerWriter writer{shape.TagParameter}, {shape.Parameters(optional: true)})");
        writer.Open($"if (!Matches({shape.Arguments}))").Line($"{Runtime.Prefix}ConstraintViolation.Throw({Runtime.Literal(shape.Type.Asn1Name)}, {Runtime.Literal(shape.Type.Notation)});").Close().Line();
        writer.Line($"EncodeValue(ref writer{(shape.Type.IsContained ? ", tag" : string.Empty)});").Close().Line();
        DocEmitter.Summary(writer, "Says whether the selector stands for the type of this value.");
        writer.Line($"public abstract bool Matches({shape.Parameters(optional: true)});").Line();
        writer.Line($"private protected abstract void EncodeValue(ref {Runtime.Prefix}DerWriter writer{shape.TagParameter});").Line();
    }

    private static void Alternative(SourceWriter writer, UnionShape shape, UnionAlternativeModel alternative, TypeUse use, int index)
    {
        var keys = string.Join(", ", alternative.Keys.Select(key => key.ObjectIdentifier ?? key.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "another"));
        writer.Line();
        DocEmitter.Summary(writer, $"Is the value of the object {alternative.ObjectName ?? "without a name"}, {keys}.");
        writer.Line("/// <param name=\"Value\">The value.</param>");
        writer.Open($"public sealed record {alternative.Name}({use.CSharpType} Value) : {shape.Type.FullName}");
        DocEmitter.Summary(writer, "Says whether the selector stands for the type of this value.");
        var nothing = shape.IsOptional ? $"{shape.IsNothing} || " : string.Empty;
        writer.Line($"public override bool Matches({shape.Parameters(optional: true)}) => {nothing}FindObject({shape.KnownArguments}) == {index.ToString(System.Globalization.CultureInfo.InvariantCulture)};").Line();
        writer.Open($"private protected override void EncodeValue(ref {Runtime.Prefix}DerWriter writer{shape.TagParameter})");
        shape.Begin(writer);
        Codec.Write(writer, use, "Value", Codec.TagExpressions(use), $"{shape.Type.Asn1Name}.{alternative.Name}");
        shape.End(writer);
        writer.Close().Close();
    }

    private static void Unknown(SourceWriter writer, UnionShape shape)
    {
        writer.Line();
        DocEmitter.Summary(writer, "Is a value of a type that is not known, as received.");
        shape.Describe(writer);
        writer.Line($"/// <param name=\"Raw\">{(shape.Type.IsContained ? "What the string contains." : "The whole element.")}</param>");
        writer.Open($"public sealed record Unknown({shape.Properties(optional: true)}, {shape.RawType} Raw) : {shape.Type.FullName}");
        DocEmitter.Summary(writer, "Says whether the selector is the one of this value, and no object is known for it.");
        var isUnknown = shape.IsOptional ? $"({shape.IsNothing} || FindObject({shape.KnownArguments}) == 0)" : $"FindObject({shape.Arguments}) == 0";
        writer.Line($"public override bool Matches({shape.Parameters(optional: true)}) => {shape.Same} && {isUnknown};").Line();
        writer.Line($"private protected override void EncodeValue(ref {Runtime.Prefix}DerWriter writer{shape.TagParameter}) => writer.{shape.WriteRaw};").Close();
    }

    private static void Registered(SourceWriter writer, UnionShape shape)
    {
        writer.Line();
        DocEmitter.Summary(writer, "Is a value of a type that was registered at run time.");
        writer.Line("/// <typeparam name=\"T\">The type.</typeparam>");
        shape.Describe(writer);
        writer.Line("/// <param name=\"Value\">The value.</param>");
        writer.Line($"public sealed record Registered<T>({shape.Properties(optional: false)}, T Value) : {shape.Type.FullName}").Open($"    where T : {Runtime.Prefix}IDerType<T>");
        DocEmitter.Summary(writer, "Says whether the selector is the one of this value.");
        writer.Line($"public override bool Matches({shape.Parameters(optional: true)}) => {shape.Same};").Line();
        writer.Open($"private protected override void EncodeValue(ref {Runtime.Prefix}DerWriter writer{shape.TagParameter})");
        shape.Begin(writer);
        writer.Line("Value.Encode(ref writer);");
        shape.End(writer);
        writer.Close().Close();
    }
}
