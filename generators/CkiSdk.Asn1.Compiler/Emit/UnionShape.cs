using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Says what the members of a union look like: how they take the selectors, and how they come to the value.</summary>
internal sealed class UnionShape
{
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "reader", "writer", "tag", "value", "decoder", "mark", "number", "octets", "T",
    };

    private static readonly HashSet<string> Keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false "
        + "finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private "
        + "protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked "
        + "unsafe ushort using virtual void volatile while").Split(' '),
        StringComparer.Ordinal);

    private readonly string[] _names;
    private readonly string[] _properties;

    /// <summary>Takes the union.</summary>
    public UnionShape(UnionModel type)
    {
        Type = type;
        _names = [.. type.Selectors.Select(selector => Taken.Contains(selector.Name) ? selector.Name + "_" : Keywords.Contains(selector.Name) ? "@" + selector.Name : selector.Name)];
        _properties = [.. type.Selectors.Select(selector => Property(selector.Name))];
    }

    /// <summary>Gets the union.</summary>
    public UnionModel Type { get; }

    /// <summary>Gets whether a selector may be absent.</summary>
    public bool IsOptional => Type.Selectors.Any(selector => selector.IsOptional);

    /// <summary>Gets whether there are values without a known type.</summary>
    public bool HasUnknown => Type.IsExtensible || IsOptional;

    /// <summary>Gets the selectors as arguments.</summary>
    public string Arguments => string.Join(", ", _names);

    /// <summary>Gets the selectors as arguments where all are there.</summary>
    public string KnownArguments => string.Join(", ", Type.Selectors.Select(Known));

    /// <summary>Gets the condition that one is absent.</summary>
    public string IsNothing => string.Join(" || ", Type.Selectors.Select((selector, i) => (selector, i)).Where(pair => pair.selector.IsOptional).Select(pair => $"{_names[pair.i]} is null"));

    /// <summary>Gets the type of the key of a registry.</summary>
    public string KeyType => Type.Selectors.Count == 1 ? Type.Selectors[0].Use.CSharpType : $"({string.Join(", ", Type.Selectors.Select(selector => selector.Use.CSharpType))})";

    /// <summary>Gets the condition that the selectors are those of a record.</summary>
    public string Same => string.Join(" && ", Type.Selectors.Select((selector, i) =>
        $"global::System.Collections.Generic.EqualityComparer<{selector.Use.CSharpType}{(IsOptional && selector.IsOptional ? "?" : string.Empty)}>.Default.Equals({_properties[i]}, {_names[i]})"));

    /// <summary>Gets the parameter for the tag of the string that contains the value.</summary>
    public string TagParameter => Type.IsContained ? $", {Runtime.Prefix}Tag tag" : string.Empty;

    /// <summary>Gets the type of a value that is not known.</summary>
    public string RawType => Runtime.Prefix + (!Type.IsContained ? "AnyValue" : Type.IsBits ? "BitString" : "OctetString");

    /// <summary>Gets the expression that reads one.</summary>
    public string ReadRaw => !Type.IsContained ? "reader.ReadAny()" : Type.IsBits ? "reader.ReadBitString(tag)" : "reader.ReadOctetString(tag)";

    /// <summary>Gets the call that writes one.</summary>
    public string WriteRaw => !Type.IsContained ? "WriteAny(Raw)" : Type.IsBits ? "WriteBitString(tag, Raw)" : "WriteOctetString(tag, Raw)";

    /// <summary>Returns the name of a selector's parameter.</summary>
    public string Name(int index) => _names[index];

    /// <summary>Returns the selectors as parameters.</summary>
    public string Parameters(bool optional) => Declarations(_names, optional);

    /// <summary>Returns the selectors as properties of a record.</summary>
    public string Properties(bool optional) => Declarations(_properties, optional);

    /// <summary>Returns the key of a registry.</summary>
    public string Key(bool optional)
    {
        var parts = optional ? KnownArguments : Arguments;
        return Type.Selectors.Count == 1 ? parts : $"({parts})";
    }

    /// <summary>Writes the doc comments of the properties.</summary>
    public void Describe(SourceWriter writer)
    {
        foreach (var property in _properties)
        {
            writer.Line($"/// <param name=\"{property}\">The selector.</param>");
        }
    }

    /// <summary>Writes how the reader comes to the value.</summary>
    public void Enter(SourceWriter writer)
    {
        if (Type.IsContained)
        {
            writer.Line(Type.IsBits ? "var mark = reader.EnterBits(tag);" : "var mark = reader.Enter(tag);");
        }
    }

    /// <summary>Writes how the reader comes back.</summary>
    public void Leave(SourceWriter writer)
    {
        if (Type.IsContained)
        {
            writer.Line("reader.Leave(mark);");
        }
    }

    /// <summary>Writes what comes before writing the value.</summary>
    public void Begin(SourceWriter writer)
    {
        if (Type.IsContained)
        {
            writer.Line("var mark = writer.Length;");
        }
    }

    /// <summary>Writes what comes after it.</summary>
    public void End(SourceWriter writer)
    {
        if (Type.IsContained)
        {
            writer.Line(Type.IsBits ? "writer.EndBits(tag, mark);" : "writer.End(tag, mark);");
        }
    }

    private string Declarations(string[] names, bool optional) => string.Join(", ", Type.Selectors.Select((selector, i) =>
        $"{selector.Use.CSharpType}{(optional && selector.IsOptional ? "?" : string.Empty)} {names[i]}"));

    private string Known(SelectorModel selector, int index) =>
        !selector.IsOptional ? _names[index] : selector.Use.IsValueType ? $"{_names[index]}.Value" : $"{_names[index]}!";

    private static string Property(string name)
    {
        var property = char.ToUpperInvariant(name[0]) + name.Substring(1);
        return property is "Raw" or "Value" or "T" or "Unknown" or "Registered" or "Matches" or "Encode" or "Decode" or "Validate" or "FindObject" or "Register"
            or "Equals" or "GetHashCode" or "GetType" or "ToString" or "EqualityContract" or "PrintMembers" or "Registrations" or "EncodeValue" ? property + "_" : property;
    }
}
