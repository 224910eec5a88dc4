using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1;

/// <content>Open types: a class and an object set for each, and what ties them to the components that decide (X.681, X.682 10).</content>
internal sealed partial class NotationWriter
{
    private readonly Dictionary<OpenTypeDescriptor, Table> _tables = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<Table> _waitingTables = new();
    private readonly List<Level> _levels = [];
    private IReadOnlyList<SelectorPath> _arguments = [];

    /// <summary>Is a class with its object set, and the selectors' types.</summary>
    private sealed record Table(string Class, string Set, OpenTypeDescriptor Type, IReadOnlyList<TypeDescriptor> Keys)
    {
        /// <summary>Returns the name of the field of a selector.</summary>
        public string Field(int index) => Keys.Count == 1 ? "&id" : $"&id{(index + 1).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Is a structure whose components are being written, or a type that takes selectors and is written where it is used.</summary>
    private sealed record Level(TypeDescriptor? Structure, IReadOnlyList<string> Parameters, IReadOnlyList<SelectorPath> Arguments)
    {
        /// <summary>Gets the components that decide of open types, each with the field that it is.</summary>
        public Dictionary<string, string> Selectors { get; } = new(StringComparer.Ordinal);
    }

    // A type that takes selectors has no name in the text: what decides must stand in the same assignment.
    private bool IsWrittenInPlace(TypeDescriptor type) => type.OwnParameters is not null && _levels.Count > 0;

    private string InPlace(TypeDescriptor type)
    {
        if (_levels.Any(level => level.Parameters == type.OwnParameters))
            return TypeDescriptor.Words(TypeKind.Any);
        _levels.Add(new Level(null, type.OwnParameters!, _arguments));
        _arguments = [];
        var text = Definition(type);
        _levels.RemoveAt(_levels.Count - 1);
        return text;
    }

    private string OpenType(TypeDescriptor type)
    {
        var places = type.Selectors.Select(path => Find(path, _levels.Count)).ToList();
        if (type.OpenType is not { } open || places.Contains(null) || TableOf(open, places!) is not { } table)
            return TypeDescriptor.Words(TypeKind.Any);
        var paths = places.Select((place, index) => Relation(place!.Value, table, index));
        return $"{table.Class}.&Type ({{{table.Set}}}{{{string.Join(", ", paths)}}})";
    }

    // Where a selector is: the structure, by its index, and the components that lead to it; null where it is not in this assignment.
    private (int Level, IReadOnlyList<string> Steps)? Find(SelectorPath path, int from)
    {
        for (var i = from - 1; i >= 0; i--)
        {
            if (path.Parameter is null && _levels[i].Structure is not null)
                return (i, path.Steps);
            if (path.Parameter is { } parameter && _levels[i].Parameters is { Count: > 0 } parameters)
                return parameters.ToList().IndexOf(parameter) is >= 0 and var index && index < _levels[i].Arguments.Count ? Find(_levels[i].Arguments[index], i) : null;
        }

        return null;
    }

    private string Relation((int Level, IReadOnlyList<string> Steps) place, Table table, int index)
    {
        if (place.Steps.Count == 1)
            _levels[place.Level].Selectors.TryAdd(place.Steps[0], $"{table.Class}.{table.Field(index)} ({{{table.Set}}})");
        var outer = _levels.Take(place.Level).Any(level => level.Structure is not null);
        var dots = outer ? _levels.Skip(place.Level).Count(level => level.Structure is not null) : 0;
        return $"@{new string('.', dots)}{string.Join('.', place.Steps)}";
    }

    private Table? TableOf(OpenTypeDescriptor open, List<(int Level, IReadOnlyList<string> Steps)?> places)
    {
        if (_tables.TryGetValue(open, out var known))
            return known;
        var keys = places.Select(place => Selector(_levels[place!.Value.Level].Structure!, place.Value.Steps)).ToList();
        if (keys.Contains(null) || open.Alternatives.Any(alternative => alternative.Keys.Count != keys.Count || alternative.Keys.Contains(null)))
            return null;
        var name = Free(open.Name);
        var table = new Table(Free(string.Concat(open.Name.Select(Shout)).TrimStart('-')), name, open, keys!);
        _tables.Add(open, table);
        _waitingTables.Enqueue(table);
        return table;
    }

    private static string Shout(char letter) => char.IsUpper(letter) ? $"-{letter}" : char.IsAsciiLetter(letter) ? char.ToUpperInvariant(letter).ToString() : letter == '_' ? "" : letter.ToString();

    private static TypeDescriptor? Selector(TypeDescriptor structure, IReadOnlyList<string> steps)
    {
        var type = structure;
        foreach (var step in steps)
        {
            if (type.Find(step) is not { } component)
                return null;
            type = component.Type;
        }

        return Core(type);
    }

    // The type without the tags that it has as a component.
    private static TypeDescriptor Core(TypeDescriptor type)
    {
        while (!type.IsNamed && type.Base is { } inner)
            type = inner;
        return type;
    }

    private static string SelectorText(TypeDescriptor type, string field)
    {
        var core = Core(type);
        return Prefixes(type.Tags, core.IsNamed ? core.Tags : Natural(core.Kind)) + field;
    }

    private string Definition(Table table)
    {
        var text = new StringBuilder();
        var fields = table.Keys.Select((key, index) => $"\n    {table.Field(index)} {(key.IsNamed ? Use(key) : Body(key, key.Names))}{(table.Keys.Count == 1 ? " UNIQUE" : "")},");
        text.Append(CultureInfo.InvariantCulture, $"\n{table.Class} ::= CLASS {{{string.Concat(fields)}\n    &Type OPTIONAL\n}}\n");
        List<string> objects = [.. table.Type.Alternatives.Select(alternative => $"\n    {{{Settings(table, alternative)}}}")];
        var extension = !table.Type.IsExtensible ? "" : objects.Count > 0 ? ",\n    ..." : "...";
        text.Append(CultureInfo.InvariantCulture, $"\n{table.Set} {table.Class} ::= {{{string.Join(" |", objects)}{extension}{(objects.Count > 0 ? "\n" : "")}}}\n");
        return text.ToString();
    }

    private string Settings(Table table, OpenTypeAlternative alternative)
    {
        var settings = table.Keys.Select((key, index) => $"{table.Field(index)} {Value(key, alternative.Keys[index]!.Value)}");
        return string.Join(", ", alternative.Type is { } type ? settings.Append($"&Type {Use(type)}") : settings);
    }

    private static string Value(TypeDescriptor type, ReadOnlyMemory<byte> content) =>
        ValueNotation.Of(new Element(type) { Tag = UniversalTags.Of(type.Kind)!.Value, Content = content });
}
