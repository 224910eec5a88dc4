using System.Text;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Turns names of modules into C# names, by one rule: hyphens go, the letter behind one and the first letter become upper case.</summary>
internal static class Names
{
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize", "PrintMembers", "EqualityContract", "Clone",
        "Decode", "TryDecode", "Encode", "Validate", "EncodeAlternative", "Asn1Name", "Descriptor", "UnknownExtensions", "UnknownAlternative", "Deconstruct",
    };

    /// <summary>Returns the C# name of a type, value or module.</summary>
    public static string Pascal(string asn1Name)
    {
        var name = new StringBuilder(asn1Name.Length);
        var upper = true;
        foreach (var c in asn1Name)
        {
            if (c == '-')
            {
                upper = true;
                continue;
            }

            name.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return name.ToString();
    }

    /// <summary>Returns the C# name of a type: no type may have the name of one of its members.</summary>
    public static string Type(string asn1Name)
    {
        var name = Pascal(asn1Name);
        return Taken.Contains(name) || name is "Count" or "GetEnumerator" or "Has" ? name + "_" : name;
    }

    /// <summary>Returns the C# name of a member; an underscore keeps it apart from its type's name and from what every type has.</summary>
    public static string Member(string asn1Name, string typeName)
    {
        var name = Pascal(asn1Name);
        return name == typeName || Taken.Contains(name) ? name + "_" : name;
    }

    /// <summary>Returns the C# name of an alternative of a choice, a named number or a named bit: types that have a value and what goes with it.</summary>
    public static string OfValue(string asn1Name, string typeName)
    {
        var name = Member(asn1Name, typeName);
        return name is "Value" or "Value_" or "Has" ? name + "_" : name;
    }
}
