using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Writes the ASN.1 text of a type and of all types that it is made of, as one module.</summary>
internal sealed partial class NotationWriter
{
    private readonly Dictionary<TypeDescriptor, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Queue<TypeDescriptor> _waiting = new();

    /// <summary>Returns the text of the module.</summary>
    internal string Module(TypeDescriptor type)
    {
        var text = new StringBuilder();
        var module = type.Module.Length > 0 ? type.Module : "Types";
        text.Append(CultureInfo.InvariantCulture, $"{module} DEFINITIONS EXPLICIT TAGS ::= BEGIN\n");
        if (type.IsNamed && !IsKeyword(type))
            NameOf(type);
        else
            text.Append(CultureInfo.InvariantCulture, $"\nValue ::= {Use(type)}\n");
        while (_waiting.Count > 0 || _waitingTables.Count > 0)
        {
            text.Append(_waiting.TryDequeue(out var next) ? $"\n{_names[next]} ::= {Definition(next)}\n" : Definition(_waitingTables.Dequeue()));
        }

        return text.Append("\nEND\n").ToString();
    }

    // EXTERNAL and its like are words of the notation.
    private static bool IsKeyword(TypeDescriptor type) => type.Module.Length == 0;

    private static string Keyword(TypeDescriptor type) => type.Name == "INSTANCE OF" ? "INSTANCE OF TYPE-IDENTIFIER" : type.Name;

    private string NameOf(TypeDescriptor type)
    {
        if (_names.TryGetValue(type, out var known))
            return known;

        var name = Free(type.Name);
        _names.Add(type, name);
        _waiting.Enqueue(type);
        return name;
    }

    // Inner types have names of C#; types of different modules can have the same.
    private string Free(string wanted)
    {
        var stem = wanted.TrimEnd('_').Replace("_", "-", StringComparison.Ordinal);
        var name = stem;
        for (var i = 2; !_taken.Add(name); i++)
            name = $"{stem}-{i.ToString(CultureInfo.InvariantCulture)}";
        return name;
    }

    private string Definition(TypeDescriptor type) => type.Base is { } inner && !inner.IsNamed ? Anonymous(inner, type.Names) : type.Base is not null ? Use(type.Base) : Anonymous(type, type.Names);

    private string Use(TypeDescriptor type) => !type.IsNamed ? Anonymous(type, type.Names) : IsKeyword(type) ? Keyword(type) : IsWrittenInPlace(type) ? InPlace(type) : NameOf(type);

    private string Anonymous(TypeDescriptor type, IReadOnlyList<NamedNumber> names)
    {
        var limit = type.Constraint is { } constraint ? ConstraintNotation.Of(constraint, type) : null;
        if (type.Base is { } inner)
        {
            _arguments = type.OwnSelectors ?? _arguments;
            return Prefixes(type.Tags, inner.Tags) + Use(inner) + (limit is null ? "" : $" ({limit})");
        }

        if (type.IsList)
            return Prefixes(type.Tags, Natural(type.Kind)) + $"{(type.Kind == TypeKind.SetOf ? "SET" : "SEQUENCE")}{(limit is null ? "" : $" ({limit})")} OF {Use(type.Element!)}";
        var contained = type.Contained is { } content ? $" (CONTAINING {Use(content)})" : "";
        return Prefixes(type.Tags, Natural(type.Kind)) + Body(type, names) + contained + (limit is null ? "" : $" ({limit})");
    }

    private string Body(TypeDescriptor type, IReadOnlyList<NamedNumber> names) => type.Kind switch
    {
        TypeKind.Sequence => $"SEQUENCE {{{Components(type)}\n}}",
        TypeKind.Set => $"SET {{{Components(type)}\n}}",
        TypeKind.Choice => $"CHOICE {{{Components(type)}\n}}",
        TypeKind.Enumerated => $"ENUMERATED {{{Numbers(names)}{(!type.IsExtensible ? "" : names.Count > 0 ? ", ..." : " ...")} }}",
        TypeKind.Integer when names.Count > 0 => $"INTEGER {{{Numbers(names)} }}",
        TypeKind.BitString when names.Count > 0 => $"BIT STRING {{{Numbers(names)} }}",
        TypeKind.Any when type.OpenType is not null => OpenType(type),
        _ => TypeDescriptor.Words(type.Kind),
    };

    private static string Numbers(IReadOnlyList<NamedNumber> names) =>
        string.Join(",", names.Select(name => $" {name.Name}({name.Value.ToString(CultureInfo.InvariantCulture)})"));

    private string Components(TypeDescriptor type)
    {
        var level = new Level(type, [], []);
        _levels.Add(level);
        var uses = type.Components.Where(component => component.Type.DependsOnSelectors).ToDictionary(component => component, component => Use(component.Type));

        // The tags say where the components of a SET stand: those of extension addition groups are written behind the others.
        var components = type.Kind == TypeKind.Set ? [.. type.Components.OrderBy(component => component.Group)] : type.Components;
        var lines = new List<string>();
        var hasMarker = false;
        for (var i = 0; i <= components.Count; i++)
        {
            if (type.UnknownAt == i)
            {
                lines.AddRange(i == components.Count ? hasMarker ? [] : ["..."] : hasMarker ? ["..."] : ["...", "..."]);
                hasMarker = true;
            }

            if (i == components.Count)
                continue;
            if (components[i].Group > 0 && !hasMarker)
            {
                lines.Add("...");
                hasMarker = true;
            }

            var last = i;
            while (components[i].Group > 0 && last + 1 < components.Count && components[last + 1].Group == components[i].Group)
                last++;
            var texts = components.Skip(i).Take(last - i + 1).Select(component => Component(component, UseOf(component), type.Kind == TypeKind.Choice)).ToList();
            lines.Add(components[i].Group > 0 ? $"[[ {string.Join(", ", texts)} ]]" : texts[0]);
            i = last;
        }

        _levels.RemoveAt(_levels.Count - 1);

        string UseOf(ComponentDescriptor component) => level.Selectors.TryGetValue(component.Name, out var field) ? SelectorText(component.Type, field)
            : uses.TryGetValue(component, out var written) ? written : Use(component.Type);

        return string.Join(",", lines.Select(line => "\n    " + line.Replace("\n", "\n    ", StringComparison.Ordinal)));
    }

    private string Component(ComponentDescriptor component, string use, bool isAlternative)
    {
        // What X.208 lets be without a name goes by that of its type.
        var text = char.IsAsciiLetterUpper(component.Name[0]) ? use : $"{component.Name} {use}";
        if (isAlternative)
            return text;
        if (component.Default.IsEmpty)
            return component is { IsOptional: true, IsRequiredInGroup: false } ? text + " OPTIONAL" : text;
        var value = new ElementParser(component.Default, isBer: false, "", null) { AdmitsAnyValue = true }.ParseWhole(component.Type);
        return $"{text} DEFAULT {ValueNotation.Of(value, Use)}";
    }

    // Explicit tags stand before what is tagged; the one that is not like that of the inner type is implicit (X.680 31.2.7).
    private static string Prefixes(IReadOnlyList<Tag> tags, IReadOnlyList<Tag> inner)
    {
        var text = new StringBuilder();
        var outer = tags.Count - inner.Count;
        for (var i = 0; i < outer; i++)
            text.Append(Bracket(tags[i])).Append(' ');
        if (inner.Count > 0 && outer >= 0 && tags[outer] != inner[0])
            text.Append(Bracket(tags[outer])).Append(" IMPLICIT ");
        return text.ToString();
    }

    private static string Bracket(Tag tag) => tag.Class switch
    {
        TagClass.Universal => $"[UNIVERSAL {tag.Number.ToString(CultureInfo.InvariantCulture)}]",
        TagClass.Application => $"[APPLICATION {tag.Number.ToString(CultureInfo.InvariantCulture)}]",
        TagClass.Private => $"[PRIVATE {tag.Number.ToString(CultureInfo.InvariantCulture)}]",
        _ => $"[{tag.Number.ToString(CultureInfo.InvariantCulture)}]",
    };

    private static Tag[] Natural(TypeKind kind) => UniversalTags.Of(kind) is { } tag ? [tag] : [];
}
