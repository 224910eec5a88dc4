using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the closed hierarchy of records of a CHOICE.</summary>
internal static class ChoiceEmitter
{
    /// <summary>Writes the type.</summary>
    public static void Emit(SourceWriter writer, ChoiceModel type)
    {
        OwnEmitter.Open(writer, type, "public abstract partial record");
        writer.Open($"private {type.Name}()").Close().Line();
        TypeEmitter.CommonMembers(writer, type, type.Asn1Name);
        if (type.Tags.Count > 0)
        {
            TypeEmitter.OwnTagMembers(writer, type, type.Tags[0]);
        }

        Decode(writer, type);
        Encode(writer, type);
        writer.Line($"private protected abstract void EncodeAlternative(ref {Runtime.Prefix}DerWriter writer{SelectorUses.Parameters(type)});");
        foreach (var alternative in type.Alternatives)
        {
            writer.Line();
            Alternative(writer, type, alternative);
        }

        if (type.IsExtensible)
        {
            writer.Line();
            UnknownAlternative(writer, type);
        }

        ValidateEmitter.Choice(writer, type);
        UserConstraints.Declare(writer, type);
        writer.Close();
        ViewEmitter.Choice(writer, type);
    }

    /// <summary>In a CHOICE there is but one component: what chooses its type stands further out.</summary>
    private static string OfParameter(SelectorPath path) => SelectorUses.Expression(path, _ => "null");

    private static void Decode(SourceWriter writer, ChoiceModel type)
    {
        DocEmitter.Summary(writer, "Reads one element, whichever alternative its tag names.");
        SelectorParameters.Decode(writer, type, type.Tags.Count > 0);
        writer.Selector = OfParameter;
        var tags = type.Tags.Select(Runtime.Tag).ToArray();
        for (var i = 0; i < tags.Length; i++)
        {
            writer.Line($"var outer{i} = reader.Enter({(i == 0 ? "tag" : tags[i])});");
        }

        var start = Conditions.Start(writer, type.Constraint, type.Relaxations);
        writer.Line($"{type.FullName} result;");
        var keyword = "if";
        var wildcard = false;
        foreach (var alternative in type.Alternatives.OrderBy(a => a.StartTags.Count == 0))
        {
            wildcard |= alternative.StartTags.Count == 0;
            writer.Open($"{keyword} ({Starts.Condition(alternative)})");
            writer.Line($"reader.Alternative({Runtime.Literal(alternative.Asn1Name)});");
            Codec.Read(writer, alternative.Use, "var value", Codec.TagExpressions(alternative.Use));
            writer.Line($"result = {OwnEmitter.Alternative(alternative)};").Close();
            keyword = "else if";
        }

        if (type.IsExtensible && !wildcard)
        {
            writer.Open($"{keyword} (reader.HasData)").Line("result = new UnknownAlternative(reader.ReadAny());").Close();
            keyword = "else if";
        }

        writer.Open(keyword == "if" ? string.Empty : "else").Line($"reader.ThrowUnexpectedTag({Runtime.Literal(type.Asn1Name)});").Line("result = null!;").Close();
        for (var i = tags.Length - 1; i >= 0; i--)
        {
            writer.Line($"reader.Leave(outer{i});");
        }

        Conditions.Read(writer, type.Constraint, type.Relaxations, "result", start);
        writer.Line("return result;").Close().Line();
    }

    private static void Encode(SourceWriter writer, ChoiceModel type)
    {
        DocEmitter.Summary(writer, "Writes the element of the alternative.");
        SelectorParameters.Encode(writer, type, type.Tags.Count > 0);
        var tags = type.Tags.Select(Runtime.Tag).ToArray();
        for (var i = 0; i < tags.Length; i++)
        {
            writer.Line($"var outer{i} = writer.Length;");
        }

        Conditions.Write(writer, type.Constraint, type.Relaxations, "this", type.Asn1Name);
        writer.Line($"EncodeAlternative(ref writer{SelectorUses.Arguments(type)});");
        for (var i = tags.Length - 1; i >= 0; i--)
        {
            writer.Line($"writer.End({(i == 0 ? "tag" : tags[i])}, outer{i});");
        }

        writer.Close().Line();
    }

    private static void Alternative(SourceWriter writer, ChoiceModel type, ComponentModel alternative)
    {
        if (alternative.Own is null)
        {
            DocEmitter.Summary(writer, alternative.Comment ?? $"Is the alternative {alternative.Asn1Name}.");
            writer.Line("/// <param name=\"Value\">The alternative's value.</param>");
            writer.Open($"public sealed record {alternative.Name}({alternative.Use.CSharpType} Value) : {type.FullName}");
        }
        else
        {
            writer.Open($"partial record {alternative.Name}");
        }

        OwnEmitter.EncodeAlternative(writer, type, alternative);
        writer.Close();
    }

    private static void UnknownAlternative(SourceWriter writer, ChoiceModel type)
    {
        DocEmitter.Summary(writer, "Is an alternative that the module does not know, as received.");
        writer.Line("/// <param name=\"Value\">The whole element.</param>");
        writer.Open($"public sealed record UnknownAlternative({Runtime.Prefix}AnyValue Value) : {type.FullName}");
        writer.Line($"private protected override void EncodeAlternative(ref {Runtime.Prefix}DerWriter writer{SelectorUses.Parameters(type)}) => writer.WriteAny(Value);").Close();
    }
}
