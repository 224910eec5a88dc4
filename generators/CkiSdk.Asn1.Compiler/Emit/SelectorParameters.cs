using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the heads of the members that read and write a type, of which one takes the selectors that stand further out.</summary>
internal static class SelectorParameters
{
    /// <summary>Opens the body of the member that reads.</summary>
    public static void Decode(SourceWriter writer, TypeModel type, bool hasTag)
    {
        var parameters = $"ref {Runtime.Prefix}DerReader reader{(hasTag ? $", {Runtime.Prefix}Tag tag" : string.Empty)}";
        if (type.Parameters.Count == 0)
        {
            writer.Open($"public static {type.FullName} Decode({parameters})");
            return;
        }

        writer.Line($"public static {type.FullName} Decode({parameters}) => Decode(ref reader{(hasTag ? ", tag" : string.Empty)}{SelectorUses.Nothing(type)});").Line();
        DocEmitter.Summary(writer, "Reads one element whose open types are chosen further out.");
        writer.Open($"internal static {type.FullName} Decode({parameters}{SelectorUses.Parameters(type)})");
    }

    /// <summary>Opens the body of the member that writes.</summary>
    public static void Encode(SourceWriter writer, TypeModel type, bool hasTag)
    {
        var parameters = $"ref {Runtime.Prefix}DerWriter writer{(hasTag ? $", {Runtime.Prefix}Tag tag" : string.Empty)}";
        if (type.Parameters.Count == 0)
        {
            writer.Open($"public void Encode({parameters})");
            return;
        }

        writer.Line($"public void Encode({parameters}) => Encode(ref writer{(hasTag ? ", tag" : string.Empty)}{SelectorUses.Nothing(type)});").Line();
        DocEmitter.Summary(writer, "Writes one element whose open types are chosen further out.");
        writer.Open($"internal void Encode({parameters}{SelectorUses.Parameters(type)})");
    }
}
