using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes what differs for types that are written in C# already: no declaration, and conversions to and from their properties.</summary>
internal static class OwnEmitter
{
    private const string Same = "{0}";

    /// <summary>Writes the head of the type: documented and complete, or a part of one that is there.</summary>
    public static void Open(SourceWriter writer, TypeModel type, string keyword)
    {
        if (type.Own is null)
        {
            DocEmitter.Write(writer, type.Doc, $"Is the type {type.Asn1Name}.");
        }

        writer.Open($"{type.Own?.Keyword ?? keyword} {type.Name} : {Runtime.Prefix}IDerType<{type.FullName}>");
    }

    /// <summary>Returns the arguments of the constructor, in parentheses; nothing where it takes none.</summary>
    public static string Arguments(RecordModel type) => type.Own is { Constructor.Count: > 0 } own
        ? $"({string.Join(", ", own.Constructor.Select(member => Argument(type, member)))})"
        : string.Empty;

    /// <summary>Writes the line of an object initializer that sets a property, where the constructor has not.</summary>
    public static void Assign(SourceWriter writer, RecordModel type, int index)
    {
        var component = type.Components[index];
        if (type.Own?.Constructor.Contains(component.Name) != true)
        {
            writer.Line($"{component.Name} = {FromRuntime(component, $"value{index}")},");
        }
    }

    /// <summary>Writes the local variable with the runtime's value of a property, where that is not the property itself, and returns its name.</summary>
    public static string Value(SourceWriter writer, ComponentModel component, int index)
    {
        if (component.Own is not { ToRuntime: not Same } own)
        {
            return component.Name;
        }

        writer.Line(component.IsOptional
            ? $"var own{index} = {component.Name} is {{ }} given{index} ? {Fill(own.ToRuntime, $"given{index}")} : ({component.Use.CSharpType}?)null;"
            : $"var own{index} = {Fill(own.ToRuntime, component.Name)};");
        return $"own{index}";
    }

    /// <summary>Returns the expression that makes an alternative.</summary>
    public static string Alternative(ComponentModel alternative) => alternative.Own switch
    {
        null => $"new {alternative.Name}(value)",
        { Property.Length: 0 } => $"new {alternative.Name}()",
        var own => $"new {alternative.Name}({Fill(own.FromRuntime, "value")})",
    };

    /// <summary>Writes the part of an alternative's record that encodes its value.</summary>
    public static void EncodeAlternative(SourceWriter writer, ChoiceModel type, ComponentModel alternative)
    {
        var value = alternative.Own is not { } own ? "Value"
            : own.Property.Length == 0 ? $"default({alternative.Use.CSharpType})"
            : own.ToRuntime == Same ? own.Property
            : "value";
        writer.Open($"private protected override void EncodeAlternative(ref {Runtime.Prefix}DerWriter writer{SelectorUses.Parameters(type)})");
        if (value == "value")
        {
            writer.Line($"var value = {Fill(alternative.Own!.ToRuntime, alternative.Own.Property)};");
        }

        Codec.Write(writer, alternative.Use, value, Codec.TagExpressions(alternative.Use), $"{type.Asn1Name}.{alternative.Asn1Name}");
        writer.Close();
    }

    /// <summary>Returns the expression that makes the struct around a list.</summary>
    public static string Wrapped(WrapperModel type, string value) => type switch
    {
        { OwnValue: null } => $"new({value})",
        { Own.Constructor.Count: 0, OwnValue: var own } => $"new() {{ {own.Property} = {Fill(own.FromRuntime, value)} }}",
        { OwnValue: var own } => $"new({Fill(own.FromRuntime, value)})",
    };

    /// <summary>Writes the local variable with the runtime's value of a struct, where that is not its property itself, and returns its name.</summary>
    public static string Unwrapped(SourceWriter writer, WrapperModel type, string property)
    {
        if (type.OwnValue is not { } own)
        {
            return property;
        }

        writer.Line($"var own = {Fill(own.ToRuntime, own.Property)};");
        return "own";
    }

    /// <summary>Writes a value into an expression.</summary>
    internal static string Fill(string expression, string value) => expression.Replace(Same, value);

    private static string Argument(RecordModel type, string member)
    {
        for (var i = 0; i < type.Components.Count; i++)
        {
            if (type.Components[i].Name == member)
            {
                return FromRuntime(type.Components[i], $"value{i}");
            }
        }

        return "default!";
    }

    private static string FromRuntime(ComponentModel component, string value)
    {
        if (component.Own is not { FromRuntime: not Same } own)
        {
            return value;
        }

        return component.IsOptional ? $"{value} is {{ }} {value}Given ? {Fill(own.FromRuntime, $"{value}Given")} : ({own.CSharpType}?)null" : Fill(own.FromRuntime, value);
    }
}
