using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the class of the values that a module names.</summary>
internal static class ValuesEmitter
{
    /// <summary>Writes the class.</summary>
    public static void Emit(SourceWriter writer, ValuesModel type)
    {
        DocEmitter.Summary(writer, $"Holds the values of the module {type.Module}.");
        writer.Open($"public static class {type.Name}");
        foreach (var value in type.Values)
        {
            DocEmitter.Summary(writer, value.Doc.Comment ?? value.Doc.Production);
            writer.Line($"public static {value.CSharpType} {value.Name} {{ get; }} = {value.Expression};").Line();
        }

        writer.Close();
    }
}
