using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the statements that check one value of a <see cref="TypeUse"/> without making it.</summary>
internal static class Validation
{
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        "Boolean", "Null", "Integer", "Int32", "Int64", "OctetString", "BitString", "NamedBitString", "ObjectIdentifier", "RelativeOid", "Real", "UtcTime", "GeneralizedTime",
    };

    private static readonly HashSet<string> Strings = new(StringComparer.Ordinal)
    {
        "Utf8String", "NumericString", "PrintableString", "TeletexString", "VideotexString", "Ia5String",
        "GraphicString", "VisibleString", "GeneralString", "UniversalString", "BmpString", "ObjectDescriptor",
    };

    /// <summary>Says whether a method of the runtime reads a character string.</summary>
    public static bool IsString(string method) => Strings.Contains(method);

    /// <summary>Says whether decoding takes values of other components.</summary>
    public static bool IsSelected(TypeUse use) => use.Core switch
    {
        UnionCore => true,
        GeneratedCore core => core.Selectors.Count > 0,
        ContainedCore core => IsSelected(core.Inner),
        ListCore core => IsSelected(core.Element),
        _ => false,
    };

    /// <summary>Writes the statements.</summary>
    public static void Check(SourceWriter writer, TypeUse use, string[] tags)
    {
        var value = writer.Fresh("value");
        var constraint = new SourceWriter();
        Codec.CheckRead(constraint, use, value);
        var isConstrained = constraint.ToString().Length > 0;
        if (use.Core is UnionCore or ContainedCore || (isConstrained && !IsOfCount(constraint.ToString(), value)))
        {
            // Values of the runtime are slices; what they must keep to is checked of themselves.
            Codec.Read(writer, use, $"var {value}", tags);
            Codec.CheckRead(writer, use, value);
            return;
        }

        var marks = new List<string>();
        for (var i = 0; i < use.Wrappers; i++)
        {
            marks.Add(writer.Fresh("mark"));
            writer.Line($"var {marks[i]} = reader.Enter({tags[i]});");
        }

        Core(writer, use, tags, isConstrained ? value : null);
        for (var i = marks.Count - 1; i >= 0; i--)
        {
            writer.Line($"reader.Leave({marks[i]});");
        }

        Codec.CheckRead(writer, use, value);
    }

    /// <summary>Says whether a constraint is of the number of elements only, for which the elements need not be kept.</summary>
    private static bool IsOfCount(string condition, string value) => !condition.Replace(value + ".Count", string.Empty).Contains(value);

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
            case GeneratedCore { Kind: not GeneratedKind.Enum } core:
                Generated(writer, core, tag, counted);
                break;
            case ListCore core:
                List(writer, core, tag!, counted);
                break;
            default:
                Codec.Read(writer, use with { Tags = new(use.Tags.Skip(use.Wrappers)) }, "_", [.. tags.Skip(use.Wrappers)]);
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
            writer.Line($"var {counted} = new {Runtime.Prefix}ElementCount({index});");
        }
    }
}
