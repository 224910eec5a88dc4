using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the statements that refuse values outside their constraints.</summary>
internal static class Conditions
{
    /// <summary>Writes the statement that remembers where the value begins; returns the variable, or null where nothing is checked.</summary>
    public static string? Start(SourceWriter writer, ConstraintModel? constraint, Relaxations relaxations, string reader = "reader")
    {
        if (!IsChecked(constraint, relaxations))
        {
            return null;
        }

        var start = writer.Fresh("start");
        writer.Line($"var {start} = {reader}.Position;");
        return start;
    }

    /// <summary>Writes the check of a value that was read.</summary>
    public static void Read(SourceWriter writer, ConstraintModel? constraint, Relaxations relaxations, string value, string? start, string reader = "reader")
    {
        if (start is not null && IsChecked(constraint, relaxations))
        {
            writer.Open($"if (!({All(writer, constraint!, value)}))");
            writer.Line($"{reader}.Throw({Runtime.Prefix}DerErrorKind.ConstraintViolated, {Runtime.Literal(constraint!.Notation)}, {start});").Close();
        }
    }

    /// <summary>Writes the check of a value that is about to be written.</summary>
    public static void Write(SourceWriter writer, ConstraintModel? constraint, Relaxations relaxations, string value, string where)
    {
        if (IsChecked(constraint, relaxations))
        {
            writer.Open($"if (!({All(writer, constraint!, value)}))");
            writer.Line($"{Runtime.Prefix}ConstraintViolation.Throw({Runtime.Literal(where)}, {Runtime.Literal(constraint!.Notation)});").Close();
        }
    }

    /// <summary>Returns the C# condition over an expression that is cheap and has no effect.</summary>
    public static string Condition(ConstraintModel constraint, string value) => constraint.Condition!.Replace(ConstraintLowering.Value, value);

    private static string All(SourceWriter writer, ConstraintModel constraint, string value)
    {
        if (constraint.Method is null)
        {
            return Condition(constraint, value);
        }

        var permitted = writer.Fresh("permitted");
        writer.Line($"var {permitted} = true;");
        writer.Line($"{constraint.Method}({value}, ref {permitted});");
        return constraint.Condition is null ? permitted : $"{permitted} && ({Condition(constraint, value)})";
    }

    private static bool IsChecked(ConstraintModel? constraint, Relaxations relaxations) =>
        constraint is { IsChecked: true } && (relaxations & Relaxations.ConstraintViolated) == Relaxations.None;
}
