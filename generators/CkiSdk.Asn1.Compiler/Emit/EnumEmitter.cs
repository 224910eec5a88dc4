using System.Globalization;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the enum of an ENUMERATED and the class that reads and writes it.</summary>
internal static class EnumEmitter
{
    /// <summary>Writes both types.</summary>
    public static void Emit(SourceWriter writer, EnumModel type)
    {
        if (type.Own is null)
        {
            Declaration(writer, type);
        }

        CodecClass(writer, type);
    }

    private static void Declaration(SourceWriter writer, EnumModel type)
    {
        DocEmitter.Write(writer, type.Doc, $"Is the type {type.Asn1Name}.");
        writer.Open($"public enum {type.Name}");
        foreach (var item in type.Items)
        {
            DocEmitter.Summary(writer, $"{item.Asn1Name}({item.Value.ToString(CultureInfo.InvariantCulture)})");
            writer.Line($"{item.Name} = {item.Value.ToString(CultureInfo.InvariantCulture)},").Line();
        }

        writer.Close().Line();
    }

    private static void CodecClass(SourceWriter writer, EnumModel type)
    {
        var (self, own) = (type.FullName, Runtime.Tag(type.Tags[0]));
        DocEmitter.Summary(writer, $"Reads and writes {type.Asn1Name}.");
        writer.Open($"public static class {type.Name}Codec");
        DescriptorEmitter.Emit(writer, type);
        DocEmitter.Summary(writer, "Decodes the DER encoding of one value; nothing may follow it.");
        writer.Line($"/// <exception cref=\"{Runtime.Prefix}DerException\">The octets are no DER encoding of the type.</exception>");
        writer.Line($"public static {self} Decode({Runtime.Octets} der) => {Runtime.Prefix}Der.Decode({Runtime.Literal(type.Asn1Name)}, der, static (ref {Runtime.Prefix}DerReader reader) => Decode(ref reader, {own}));").Line();
        DocEmitter.Summary(writer, "Returns the DER encoding.");
        writer.Line($"public static byte[] Encode({self} value) => {Runtime.Prefix}Der.Encode(value, static (ref {Runtime.Prefix}DerWriter writer, {self} value) => Encode(value, ref writer, {own}));").Line();
        DocEmitter.Summary(writer, "Reads one element.");
        writer.Open($"public static {self} Decode(ref {Runtime.Prefix}DerReader reader, {Runtime.Prefix}Tag tag)");
        for (var i = 0; i < type.Tags.Count - 1; i++)
        {
            writer.Line($"var outer{i} = reader.Enter({(i == 0 ? "tag" : Runtime.Tag(type.Tags[i]))});");
        }

        var inner = type.Tags.Count == 1 ? "tag" : Runtime.Tag(type.Tags[type.Tags.Count - 1]);
        var start = Conditions.Start(writer, type.Constraint, type.Relaxations);
        writer.Line($"var value = reader.ReadEnumerated({inner});");
        if (!type.IsExtensible)
        {
            var known = string.Join(" or ", type.Items.Select(item => item.Value.ToString(CultureInfo.InvariantCulture)));
            writer.Open($"if (value is not ({known}))");
            writer.Line($"reader.Throw({Runtime.Prefix}DerErrorKind.InvalidEnumerated, {Runtime.Literal(type.Asn1Name)});").Close();
        }

        for (var i = type.Tags.Count - 2; i >= 0; i--)
        {
            writer.Line($"reader.Leave(outer{i});");
        }

        Conditions.Read(writer, type.Constraint, type.Relaxations, "value", start);
        writer.Line($"return ({self})value;").Close().Line();
        DocEmitter.Summary(writer, "Writes one element.");
        writer.Open($"public static void Encode({self} value, ref {Runtime.Prefix}DerWriter writer, {Runtime.Prefix}Tag tag)");
        for (var i = 0; i < type.Tags.Count - 1; i++)
        {
            writer.Line($"var outer{i} = writer.Length;");
        }

        Conditions.Write(writer, type.Constraint, type.Relaxations, "value", type.Asn1Name);
        writer.Line($"writer.WriteEnumerated({inner}, (int)value);");
        for (var i = type.Tags.Count - 2; i >= 0; i--)
        {
            writer.Line($"writer.End({(i == 0 ? "tag" : Runtime.Tag(type.Tags[i]))}, outer{i});");
        }

        writer.Close().Close();
    }
}
