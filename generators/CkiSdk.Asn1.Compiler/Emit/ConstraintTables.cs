using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the class that holds what a file's conditions look things up in.</summary>
internal static class ConstraintTables
{
    /// <summary>The name of the class, which no other file sees.</summary>
    public const string Class = "ConstraintTables";

    /// <summary>Writes the class; nothing where no condition needs it.</summary>
    public static void Emit(SourceWriter writer, TypeModel type)
    {
        var tables = ConstraintWalk.Of(type).SelectMany(constraint => constraint.Tables).GroupBy(table => table.Name, StringComparer.Ordinal)
            .Select(group => group.First()).OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        if (tables.Count == 0)
        {
            return;
        }

        writer.Line();
        DocEmitter.Summary(writer, "Holds what the constraints are checked against.");
        writer.Open($"file static class {Class}");
        foreach (var table in tables)
        {
            writer.Line($"internal static readonly {table.CSharpType} {table.Name} = {table.Expression};");
        }

        writer.Close();
    }
}
