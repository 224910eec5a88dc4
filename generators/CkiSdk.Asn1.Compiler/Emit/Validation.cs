using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the statements that check one value of a <see cref="TypeUse"/> without making it.</summary>
internal static class Validation
{
    private const string Placeholder = "$count$";

    // Of a list, and of a list by name.
    private static readonly string[] Counts = [".Count", ".Value.Count", ".Value_.Count"];

    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        "Boolean", "Null", "Integer", "Int32", "Int64", "OctetString", "BitString", "NamedBitString", "ObjectIdentifier", "RelativeOid", "Real", "UtcTime", "GeneralizedTime",
    };

    private static readonly HashSet<string> Strings = new(StringComparer.Ordinal)
    {
        "Utf8String", "NumericString", "PrintableString", "TeletexString", "VideotexString", "Ia5String",
        "GraphicString", "VisibleString", "GeneralString", "UniversalString", "BmpString", "ObjectDescriptor", "OidIri", "RelativeOidIri",
    };

    /// <summary>Says whether a method of the runtime reads a character string.</summary>
    public static bool IsString(string method) => Strings.Contains(method);

    /// <summary>Writes the statements.</summary>
    public static void Check(SourceWriter writer, TypeUse use, string[] tags)
    {
        var value = writer.Fresh("value");
        var constraint = OfCount(use.Constraint);
        if (use.Relaxations != Relaxations.None || (constraint is null && use.Constraint is { IsChecked: true }))
        {
            // Values of the runtime are slices; what they must keep to is checked of themselves.
            Codec.Read(writer, use, $"var {value}", tags);
            return;
        }

        var start = Conditions.Start(writer, constraint, use.Relaxations);
        var marks = new List<string>();
        for (var i = 0; i < use.Wrappers; i++)
        {
            marks.Add(writer.Fresh("mark"));
            writer.Line($"var {marks[i]} = reader.Enter({tags[i]});");
        }

        Core(writer, use, tags, start is null ? null : value);
        for (var i = marks.Count - 1; i >= 0; i--)
        {
            writer.Line($"reader.Leave({marks[i]});");
        }

        Conditions.Read(writer, constraint, use.Relaxations, value, start);
    }

    /// <summary>Returns the constraint over the number of elements alone, for which they need not be kept; null for another one.</summary>
    private static ConstraintModel? OfCount(ConstraintModel? constraint)
    {
        if (constraint?.Condition is not { } condition || constraint.Method is not null)
        {
            return null;
        }

        var counted = Counts.Aggregate(condition, (text, count) => text.Replace(ConstraintLowering.Value + count, Placeholder));
        return counted.Contains(ConstraintLowering.Value) ? null : constraint with { Condition = counted.Replace(Placeholder, ConstraintLowering.Value) };
    }

    private static void Core(SourceWriter writer, TypeUse use, string[] tags, string? counted)
    {
        var tag = tags.Length > use.Wrappers ? tags[use.Wrappers] : null;
        switch (use.Core)
        {
            case RuntimeCore core when Skipped.Contains(core.Method):
                writer.Line($"reader.Skip{core.Method}({tag});");
                break;
            case RuntimeCore core when Strings.Contains(core.Method):
                writer.Line($"reader.SkipString<{Runtime.Prefix}{core.Method}>({tag});");
                break;
            case AnyCore:
                writer.Line("reader.SkipAny();");
                break;
            case UnionCore core:
                writer.Line($"{core.FullName}.Validate(ref reader{Codec.Selectors(writer, core.Selectors)});");
                break;
            case ContainedCore { Inner.Core: UnionCore core }:
                writer.Line($"{core.FullName}.Validate(ref reader, {tag}{Codec.Selectors(writer, core.Selectors)});");
                break;
            case ContainedCore core:
                var mark = writer.Fresh("mark");
                writer.Line($"var {mark} = reader.Enter{(core.IsBits ? "Bits" : string.Empty)}({tag});");
                Check(writer, core.Inner, Codec.TagExpressions(core.Inner));
                writer.Line($"reader.Leave({mark});");
                break;
            case GeneratedCore { Kind: not GeneratedKind.Enum, Selectors.Count: 0 } core:
                Generated(writer, core, tag, counted);
                break;
            case ListCore core:
                List(writer, core, tag!, counted);
                break;
            default:
                Codec.Read(writer, use with { Tags = new(use.Tags.Skip(use.Wrappers)) }, $"var {writer.Fresh("read")}", [.. tags.Skip(use.Wrappers)]);
                break;
        }
    }

    private static void Generated(SourceWriter writer, GeneratedCore core, string? tag, string? counted)
    {
        var start = writer.Fresh("start");
        if (counted is not null)
        {
            writer.Line($"var {start} = reader.Position;");
        }

        writer.Line($"{core.FullName}.Validate(ref reader{(core.Own > 0 ? $", {tag}" : string.Empty)});");
        if (counted is not null)
        {
            writer.Line($"var {counted} = reader.CountElements({start}, {core.Own});");
        }
    }

    private static void List(SourceWriter writer, ListCore core, string tag, string? counted)
    {
        var (mark, start, index) = (writer.Fresh("mark"), writer.Fresh("start"), writer.Fresh("index"));
        writer.Line($"var {mark} = reader.Enter({tag});");
        if (core.IsSet)
        {
            writer.Line($"var {start} = reader.Position;");
        }

        writer.Line($"var {index} = 0;");
        writer.Open($"for (; reader.HasData; {index}++)").Line($"reader.Element({index});");
        if (core.IsSet)
        {
            writer.Open($"if ({index} == 1)").Line($"reader.CheckSetOrder({start});").Close();
        }

        Check(writer, core.Element, Codec.TagExpressions(core.Element));
        writer.Close().Line($"reader.Leave({mark});");
        if (counted is not null)
        {
            writer.Line($"var {counted} = {index};");
        }
    }
}
