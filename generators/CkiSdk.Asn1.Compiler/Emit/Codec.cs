using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the statements that read or write one value of a <see cref="TypeUse"/>.</summary>
internal static class Codec
{
    /// <summary>Returns the C# expressions of a use's tags; the outermost may be replaced by a variable.</summary>
    public static string[] TagExpressions(TypeUse use, string? outermost = null)
    {
        var tags = use.Tags.Select(Runtime.Tag).ToArray();
        if (outermost is not null)
        {
            tags[0] = outermost;
        }

        return tags;
    }

    /// <summary>Writes statements that read a value, assign it, <c>target value;</c>, and refuse one outside its constraint.</summary>
    public static void Read(SourceWriter writer, TypeUse use, string target, string[] tags, string reader = "reader")
    {
        var start = Conditions.Start(writer, use.Constraint, use.Relaxations, reader);
        var marks = new List<string>();
        for (var i = 0; i < use.Wrappers; i++)
        {
            marks.Add(writer.Fresh("mark"));
            writer.Line($"var {marks[i]} = {reader}.Enter({tags[i]});");
        }

        if (use.Core is ContainedCore { Inner.Core: not UnionCore } contained)
        {
            marks.Add(writer.Fresh("mark"));
            writer.Line($"var {marks[marks.Count - 1]} = {reader}.Enter{(contained.IsBits ? "Bits" : string.Empty)}({tags[use.Wrappers]});");
            Read(writer, contained.Inner, target, TagExpressions(contained.Inner), reader);
        }
        else if (use.Core is ListCore list)
        {
            ReadElements(writer, use, list, target, tags[use.Wrappers], reader);
        }
        else
        {
            writer.Line($"{target} = {ReadCore(writer, use, tags, reader)};");
        }

        for (var i = marks.Count - 1; i >= 0; i--)
        {
            writer.Line($"{reader}.Leave({marks[i]});");
        }

        Conditions.Read(writer, use.Constraint, use.Relaxations, target.Substring(target.LastIndexOf(' ') + 1), start, reader);
    }

    /// <summary>Returns the C# expression of a value that is decoded from octets given in hexadecimal.</summary>
    public static string Decoded(TypeUse use, string where, string der)
    {
        var octets = $"global::System.Convert.FromHexString(\"{der}\")";
        return use is { Wrappers: 0, Core: GeneratedCore { Kind: not GeneratedKind.Enum } core }
            ? $"{core.FullName}.Decode({octets})"
            : $"{Runtime.Prefix}Der.Decode({Runtime.Literal(where)}, {octets}, {ElementReader(new SourceWriter(), Unconstrained(use))})";
    }

    /// <summary>What a value must keep to was checked when it was compiled.</summary>
    private static TypeUse Unconstrained(TypeUse use) =>
        use with { Constraint = null, Core = use.Core is ListCore list ? list with { Element = Unconstrained(list.Element) } : use.Core };

    /// <summary>Writes the statements that write a value; the writer goes back to front, so the value comes before its tags.</summary>
    public static void Write(SourceWriter writer, TypeUse use, string value, string[] tags, string where, string der = "writer")
    {
        Conditions.Write(writer, use.Constraint, use.Relaxations, value, where);
        var marks = new List<string>();
        for (var i = 0; i < use.Wrappers; i++)
        {
            marks.Add(writer.Fresh("mark"));
            writer.Line($"var {marks[i]} = {der}.Length;");
        }

        if (use.Core is ContainedCore { Inner.Core: not UnionCore } contained)
        {
            var mark = writer.Fresh("mark");
            writer.Line($"var {mark} = {der}.Length;");
            Write(writer, contained.Inner, value, TagExpressions(contained.Inner), where, der);
            writer.Line($"{der}.End{(contained.IsBits ? "Bits" : string.Empty)}({tags[use.Wrappers]}, {mark});");
        }
        else if (use.Core is ListCore { IsSet: false } list)
        {
            WriteElements(writer, list, value, tags[use.Wrappers], where, der);
        }
        else if (use.Core is ListCore set)
        {
            var (mark, single) = (writer.Fresh("mark"), writer.Fresh("single"));
            writer.Open($"if ({value}.TryGetSingle(out var {single}))").Line($"var {mark} = {der}.Length;");
            Write(writer, set.Element, single, TagExpressions(set.Element), where, der);
            writer.Line($"{der}.End({tags[use.Wrappers]}.AsConstructed(), {mark});").Close();
            writer.Open("else").Line(WriteCore(writer, use, value, tags, where, der)).Close();
        }
        else
        {
            writer.Line(WriteCore(writer, use, value, tags, where, der));
        }

        for (var i = marks.Count - 1; i >= 0; i--)
        {
            writer.Line($"{der}.End({tags[i]}, {marks[i]});");
        }
    }

    /// <summary>A loop here costs less than a call for each element through a delegate. A set of one element, as most sets of a name are, gets no array.</summary>
    private static void ReadElements(SourceWriter writer, TypeUse use, ListCore list, string target, string tag, string reader)
    {
        var (mark, start, items, count, item) = (writer.Fresh("mark"), writer.Fresh("start"), writer.Fresh("items"), writer.Fresh("count"), writer.Fresh("item"));
        var method = ListMethod(list, use);
        var isOrdered = method == "SetOf" ? "true" : "false";
        var type = list.Element.CSharpType;
        writer.Line($"var {mark} = {reader}.Enter({tag}.AsConstructed());").Line($"var {start} = {reader}.Position;");
        writer.Line($"{type}[] {items} = [];");
        if (list.IsSet)
        {
            writer.Line($"{type} first{item} = default!;");
        }

        writer.Line($"var {count} = 0;").Open($"for (; {reader}.HasData; {count}++)").Line($"{reader}.Element({count});");
        Read(writer, list.Element, $"var {item}", TagExpressions(list.Element), reader);
        if (list.IsSet)
        {
            writer.Open($"if ({count} == 0)").Line($"first{item} = {item};").Open($"if (!{reader}.HasData)").Line("continue;").Close();
            writer.Line($"{items} = new {type}[{reader}.CountItems({start}, {isOrdered})];").Close();
            writer.Line($"{items}[{count}] = {item};").Close();
            writer.Line($"{target} = {reader}.LeaveSetOf({mark}, {items}, first{item}, {count});");
        }
        else
        {
            writer.Open($"if ({count} == 0)").Line($"{items} = new {type}[{reader}.CountItems({start}, {isOrdered})];").Close();
            writer.Line($"{items}[{count}] = {item};").Close();
            writer.Line($"{target} = {reader}.LeaveSequenceOf({mark}, {items});");
        }
    }

    /// <summary>A loop here costs less than a call for each element through a delegate.</summary>
    private static void WriteElements(SourceWriter writer, ListCore list, string value, string tag, string where, string der)
    {
        var (mark, items, i) = (writer.Fresh("mark"), writer.Fresh("items"), writer.Fresh("i"));
        writer.Line($"var {mark} = {der}.Length;").Line($"var {items} = {value}.AsSpan();");
        writer.Open($"for (var {i} = {items}.Length - 1; {i} >= 0; {i}--)");
        Write(writer, list.Element, $"{items}[{i}]", TagExpressions(list.Element), where, der);
        writer.Close().Line($"{der}.End({tag}.AsConstructed(), {mark});");
    }

    private static string Method(RuntimeCore core, TypeUse use) =>
        core.Method == "NamedBitString" && Admits(use, Relaxations.UntrimmedNamedBits) ? "BitString" : core.Method;

    private static string ListMethod(ListCore core, TypeUse use) =>
        !core.IsSet ? "SequenceOf" : Admits(use, Relaxations.UnsortedSetOf) ? "UnsortedSetOf" : "SetOf";

    private static bool Admits(TypeUse use, Relaxations relaxation) => (use.Relaxations & relaxation) != Relaxations.None;

    private static string ReadCore(SourceWriter writer, TypeUse use, string[] tags, string reader) => use.Core switch
    {
        RuntimeCore core => $"{reader}.Read{Method(core, use)}({tags[use.Wrappers]})",
        AnyCore => $"{reader}.ReadAny()",
        GeneratedCore { Kind: GeneratedKind.Enum } core => $"{core.FullName}Codec.Decode(ref {reader}, {tags[use.Wrappers]})",
        GeneratedCore { Own: 0 } core => $"{core.FullName}.Decode(ref {reader}{Selectors(writer, core.Selectors)})",
        GeneratedCore core => $"{core.FullName}.Decode(ref {reader}, {tags[use.Wrappers]}{Selectors(writer, core.Selectors)})",
        UnionCore core => $"{core.FullName}.Decode(ref {reader}{Selectors(writer, core.Selectors)})",
        ContainedCore { Inner.Core: UnionCore core } => $"{core.FullName}.Decode(ref {reader}, {tags[use.Wrappers]}{Selectors(writer, core.Selectors)})",
        _ => throw new InvalidOperationException(use.Core.GetType().Name),
    };

    /// <summary>Returns the arguments of selectors, each with a comma before it.</summary>
    public static string Selectors(SourceWriter writer, EquatableArray<SelectorPath> selectors) =>
        string.Concat(selectors.Select(selector => ", " + writer.Selector!(selector)));

    private static string ElementReader(SourceWriter writer, TypeUse element)
    {
        var body = new SourceWriter { Selector = writer.Selector };
        Read(body, element, "var value", TagExpressions(element), "reader");
        return $"{(SelectorUses.Any(element) ? string.Empty : "static ")}(ref {Runtime.Prefix}DerReader reader) => {{ {OneLine(body)} return value; }}";
    }

    private static string WriteCore(SourceWriter writer, TypeUse use, string value, string[] tags, string where, string der) => use.Core switch
    {
        RuntimeCore core => $"{der}.Write{Method(core, use)}({tags[use.Wrappers]}, {value});",
        AnyCore => $"{der}.WriteAny({value});",
        GeneratedCore { Kind: GeneratedKind.Enum } core => $"{core.FullName}Codec.Encode({value}, ref {der}, {tags[use.Wrappers]});",
        GeneratedCore { Own: 0 } core => $"{value}.Encode(ref {der}{Selectors(writer, core.Selectors)});",
        GeneratedCore core => $"{value}.Encode(ref {der}, {tags[use.Wrappers]}{Selectors(writer, core.Selectors)});",
        UnionCore core => $"{value}.Encode(ref {der}{Selectors(writer, core.Selectors)});",
        ContainedCore { Inner.Core: UnionCore core } => $"{value}.Encode(ref {der}, {tags[use.Wrappers]}{Selectors(writer, core.Selectors)});",
        ListCore core => $"{der}.Write{ListMethod(core, use)}({tags[use.Wrappers]}, {value}, {ElementWriter(writer, core.Element, where)});",
        _ => throw new InvalidOperationException(use.Core.GetType().Name),
    };

    private static string ElementWriter(SourceWriter writer, TypeUse element, string where)
    {
        var body = new SourceWriter { Selector = writer.Selector };
        Write(body, element, "value", TagExpressions(element), where);
        return $"{(SelectorUses.Any(element) ? string.Empty : "static ")}(ref {Runtime.Prefix}DerWriter writer, {element.CSharpType} value) => {{ {OneLine(body)} }}";
    }

    /// <summary>Returns statements in one line.</summary>
    public static string OneLine(SourceWriter body) =>
        string.Join(" ", body.ToString().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
