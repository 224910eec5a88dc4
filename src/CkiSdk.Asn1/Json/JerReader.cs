using System.Text.Json;

namespace CkiSdk.Asn1;

/// <summary>Reads values from JSON (X.697).</summary>
internal sealed partial class JerReader
{
    private readonly List<string> _path = ["$"];
    private readonly SelectorScope _selectors = new();

    /// <summary>Reads the value of a whole text.</summary>
    internal Element ReadWhole(JsonElement json, TypeDescriptor type)
    {
        try
        {
            return Read(json, type);
        }
        catch (InvalidOperationException e)
        {
            // The parser of JSON looks into names only when they are asked for.
            throw new JerException(string.Concat(_path), "a name with half a surrogate pair", e);
        }
    }

    /// <summary>Reads one value.</summary>
    internal Element Read(JsonElement json, TypeDescriptor type, ComponentDescriptor? component = null)
    {
        var element = new Element(type) { Component = component };
        var levels = _selectors.Enter(type);
        if (element.HasOwnTag)
            element.Tag = type.Tags[^1];
        switch (type.Kind)
        {
            case TypeKind.Any:
                element.Add(Resolve(type) is { } known ? Read(json, known) : Raw(json));
                break;
            case TypeKind.Choice:
                Alternative(element, json, type);
                break;
            case TypeKind.SequenceOf or TypeKind.SetOf:
                List(element, json, type);
                break;
            case var _ when type.IsStructure:
                Structure(element, json, type, levels);
                break;
            default:
                Primitive(element, json, type);
                break;
        }

        _selectors.Pop(levels);
        if (ConstraintCheck.Fault(element) is { } fault)
            throw Refuse(fault);
        return element;
    }

    private TypeDescriptor? Resolve(TypeDescriptor open)
    {
        var (known, fault) = _selectors.Resolve(open);
        return fault is null ? known : throw Refuse(fault);
    }

    private void Alternative(Element element, JsonElement json, TypeDescriptor type)
    {
        Require(json, JsonValueKind.Object, $"an object with the alternative of {type}");
        var members = json.EnumerateObject().Take(2).ToList();
        if (members.Count != 1)
            throw Refuse($"an object with one member is expected, the alternative of {type}");
        var member = members[0];
        Push(member.Name);
        if (type.Find(member.Name) is { } alternative)
            element.Add(Read(member.Value, alternative.Type, alternative));
        else if (member.Name == Jer.Unknown && type.IsExtensible)
            element.Add(Raw(member.Value));
        else
            throw Refuse($"{type} has no alternative of this name");
        Pop();
    }

    private void List(Element element, JsonElement json, TypeDescriptor type)
    {
        Require(json, JsonValueKind.Array, "an array");
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            _path.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{index++}]"));
            element.Add(Read(item, type.Element!));
            Pop();
        }
    }

    private void Structure(Element element, JsonElement json, TypeDescriptor type, int levels)
    {
        Require(json, JsonValueKind.Object, "an object");
        var members = Members(json, type);
        _selectors.Push(element, levels);

        // What decides of open types is read before them, wherever it stands.
        foreach (var component in type.Components.OrderBy(component => component.Type.DependsOnSelectors))
        {
            if (members.TryGetValue(component.Name, out var value))
            {
                Push(component.Name);
                element.Add(Read(value, component.Type, component));
                Pop();
            }
            else if (!component.MayBeAbsent)
            {
                throw Refuse($"the member {component.Name} is missing");
            }
        }

        if (ExtensionGroup.Missing(element, type) is { } missing)
            throw Refuse($"the member {missing} is missing where another one of its extension addition group is there");
        _selectors.Pop(1);
        Arrange(element, type, members.TryGetValue(Jer.Unknown, out var unknown) ? Additions(unknown) : []);
    }

    private static void Arrange(Element element, TypeDescriptor type, List<Element> additions)
    {
        var children = new List<Element>();
        for (var i = 0; i <= type.Components.Count; i++)
        {
            if (i == (type.UnknownAt ?? -1))
                children.AddRange(additions);
            if (i < type.Components.Count && element.Find(type.Components[i].Name) is { } child)
                children.Add(child);
        }

        element.Replace(children);
    }

    private Dictionary<string, JsonElement> Members(JsonElement json, TypeDescriptor type)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            Push(member.Name);
            if (type.Find(member.Name) is null && !(member.Name == Jer.Unknown && type.IsExtensible))
                throw Refuse($"{type} has no component of this name");
            if (!members.TryAdd(member.Name, member.Value))
                throw Refuse("the member stands here a second time");
            Pop();
        }

        return members;
    }

    private List<Element> Additions(JsonElement json)
    {
        Push(Jer.Unknown);
        Require(json, JsonValueKind.Array, "an array of encodings");
        var additions = json.EnumerateArray().Select(Raw).ToList();
        Pop();
        return additions;
    }

    // An element of a type that is not known, as the digits of its DER.
    private Element Raw(JsonElement json)
    {
        var octets = Hex(json, "the hexadecimal digits of an encoding");
        try
        {
            return new ElementParser(octets, isBer: false, "").ParseWhole(null);
        }
        catch (DerException e)
        {
            throw Refuse($"no encoding of one element: {e.Message}");
        }
    }

    private byte[] Hex(JsonElement json, string expected)
    {
        Require(json, JsonValueKind.String, expected);
        try
        {
            return Convert.FromHexString(Text(json));
        }
        catch (FormatException)
        {
            throw Refuse($"{expected} is expected");
        }
    }

    private string Text(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Refuse("a text with half a surrogate pair");
        }
    }

    private void Require(JsonElement json, JsonValueKind kind, string expected)
    {
        if (json.ValueKind != kind)
            throw Refuse($"{expected} is expected, not {Describe(json)}");
    }

    private static string Describe(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    private void Push(string name) =>
        _path.Add(name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? "." + name : $"['{name}']");

    private void Pop() => _path.RemoveAt(_path.Count - 1);

    private JerException Refuse(string detail) => new(string.Concat(_path), detail);
}
