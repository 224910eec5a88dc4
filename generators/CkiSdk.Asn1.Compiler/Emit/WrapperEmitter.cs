using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the struct around a simple type, a list, or a type under another tag.</summary>
internal static class WrapperEmitter
{
    /// <summary>Writes the type.</summary>
    public static void Emit(SourceWriter writer, WrapperModel type)
    {
        var (self, property) = (type.FullName, Property(type));
        if (type.OwnValue is null)
        {
            Declare(writer, type, property);
        }
        else
        {
            OwnEmitter.Open(writer, type, string.Empty);
        }

        TypeEmitter.CommonMembers(writer, type, type.Asn1Name);
        var tagged = type.Use.Tags.Count > 0;
        if (tagged)
        {
            TypeEmitter.OwnTagMembers(writer, type, type.Use.Tags[0]);
        }

        var parameter = tagged ? $", {Runtime.Prefix}Tag tag" : string.Empty;
        var tags = Codec.TagExpressions(type.Use, tagged ? "tag" : null);
        DocEmitter.Summary(writer, tagged ? "Reads one element with another tag (X.680 31.2.7)." : "Reads one element.");
        writer.Open($"public static {self} Decode(ref {Runtime.Prefix}DerReader reader{parameter})");
        Codec.Read(writer, type.Use, "var value", tags);
        writer.Line($"return {OwnEmitter.Wrapped(type, "value")};").Close().Line();
        DocEmitter.Summary(writer, tagged ? "Writes the element with another tag (X.680 31.2.7)." : "Writes the element.");
        writer.Open($"public void Encode(ref {Runtime.Prefix}DerWriter writer{parameter})");
        Codec.Write(writer, type.Use, OwnEmitter.Unwrapped(writer, type, property), tags, type.Asn1Name);
        writer.Close();
        ValidateEmitter.Wrapper(writer, type);
        UserConstraints.Declare(writer, type);
        writer.Close();
        ViewEmitter.Wrapper(writer, type, property);
    }

    /// <summary>A member cannot have its type's name.</summary>
    public static string Property(WrapperModel type) => type.Name == "Value" ? "Value_" : "Value";

    /// <summary>Returns the expression of the runtime's value of a struct.</summary>
    public static string Inner(WrapperModel type, string expression) =>
        type.OwnValue is { } own ? OwnEmitter.Fill(own.ToRuntime, $"{expression}.{own.Property}") : $"{expression}.{Property(type)}";

    private static void Declare(SourceWriter writer, WrapperModel type, string property)
    {
        var (self, value) = (type.FullName, type.Use.CSharpType);
        DocEmitter.Write(writer, type.Doc, $"Is the type {type.Asn1Name}.");
        writer.Line("/// <param name=\"" + property + "\">The value.</param>");
        writer.Open($"public readonly partial record struct {type.Name}({value} {property}) : {Runtime.Prefix}IDerType<{self}>");
        Names(writer, type);
        DocEmitter.Summary(writer, "Gives the value its name.");
        writer.Line($"public static implicit operator {self}({value} value) => new(value);").Line();
        DocEmitter.Summary(writer, "Returns the value.");
        writer.Line($"public static implicit operator {value}({self} value) => value.{property};").Line();
        List(writer, type);
    }

    private static void Names(SourceWriter writer, WrapperModel type)
    {
        var bits = type.Use.Core is RuntimeCore { Method: "NamedBitString" };
        foreach (var name in type.Names.Where(name => HasRoom(type.Use, name.Value)))
        {
            var number = name.Value.ToString(CultureInfo.InvariantCulture);
            DocEmitter.Summary(writer, $"{name.Asn1Name}({number})");
            writer.Line($"public static {type.FullName} {name.Name} {{ get; }} = new({(bits ? $"{Runtime.Prefix}BitString.FromNamedBits({number})" : Runtime.Number(name.Value))});").Line();
        }

        if (bits)
        {
            DocEmitter.Summary(writer, "Returns the bits that are set in either.");
            writer.Line($"public static {type.FullName} operator |({type.FullName} left, {type.FullName} right) => new(left.{Property(type)}.Union(right.{Property(type)}));").Line();
            DocEmitter.Summary(writer, "Says whether all of the given bits are set.");
            writer.Line($"public bool Has({type.FullName} bits) => {Property(type)}.Contains(bits.{Property(type)});").Line();
        }
    }

    // X.680 19: a number may have a name that no value has, because a constraint leaves it out.
    private static bool HasRoom(TypeUse use, BigInteger number) => use.Core switch
    {
        RuntimeCore { Method: "Int32" } => number >= int.MinValue && number <= int.MaxValue,
        RuntimeCore { Method: "Int64" } => number >= long.MinValue && number <= long.MaxValue,
        _ => true,
    };

    private static void List(SourceWriter writer, WrapperModel type)
    {
        if (type.Use.Core is not ListCore list)
        {
            return;
        }

        DocEmitter.Summary(writer, "Gets the number of elements.");
        writer.Line($"public int Count => {Property(type)}.Count;").Line();
        DocEmitter.Summary(writer, "Gets an element.");
        writer.Line($"public {list.Element.CSharpType} this[int index] => {Property(type)}[index];").Line();
        DocEmitter.Summary(writer, "Enumerates the elements.");
        writer.Line($"public {Runtime.Prefix}ElementEnumerator<{list.Element.CSharpType}> GetEnumerator() => {Property(type)}.GetEnumerator();").Line();
    }
}
