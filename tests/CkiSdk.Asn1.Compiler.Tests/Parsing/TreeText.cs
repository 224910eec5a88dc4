using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Tests.Parsing;

/// <summary>Writes a tree on one line, so that a test row shows what the parser made of a text.</summary>
internal static class TreeText
{
    public static string Of(ModuleSyntax module) =>
        $"{module.Name}{Block(module.Oid)} {module.TagDefault}{(module.IsExtensibilityImplied ? "..." : "")}"
        + $" exports {(module.Exports is null ? "all" : List(module.Exports, s => s.Name))} imports {List(module.Imports, Of)}: {List(module.Assignments, Of)}";

    public static string Of(AssignmentSyntax assignment)
    {
        var name = assignment.Name + (assignment.Parameters.Count == 0 ? "" : $"<{List(assignment.Parameters, Of)}>");
        return assignment switch
        {
            TypeAssignmentSyntax type => $"{name} = {TypeText.Of(type.Type)}",
            ValueAssignmentSyntax value => $"{name}: {TypeText.Of(value.Governor)} = {ValueText.Of(value.Value)}",
            SetAssignmentSyntax set => $"{name}: {TypeText.Of(set.Governor)} = {ValueText.Of(set.Block)}",
            ClassAssignmentSyntax definition => $"{name} = {Of(definition.Class)}",
            MacroAssignmentSyntax => $"{name} skipped",
            _ => throw new ArgumentOutOfRangeException(nameof(assignment)),
        };
    }

    public static string List<T>(IEnumerable<T> items, Func<T, string> text) => string.Join(", ", items.Select(text));

    public static string Words(IEnumerable<Token> tokens) => string.Join(' ', tokens.Select(token => token.Text));

    private static string Block(BlockValueSyntax? block) => block is null ? "" : ValueText.Of(block);

    private static string Of(ImportSyntax import) =>
        $"{List(import.Symbols, s => s.Name)} from {import.Module}{(import.Oid is null ? "" : " " + ValueText.Of(import.Oid))}{(import.Selection is null ? "" : " " + import.Selection)}";

    private static string Of(ParameterSyntax parameter) =>
        parameter.Governor is null ? parameter.Name : $"{TypeText.Of(parameter.Governor)}:{parameter.Name}";

    private static string Of(ClassSyntax definition) =>
        $"CLASS({List(definition.Fields, Of)}){(definition.WithSyntax is null ? "" : $" <{Words(definition.WithSyntax)}>")}";

    private static string Of(ClassFieldSyntax field) =>
        field.Name + (field.Governor is null ? "" : ":" + TypeText.Of(field.Governor)) + (field.GovernorField is null ? "" : ":" + field.GovernorField)
        + (field.IsUnique ? " unique" : "") + (field.IsOptional ? "?" : "") + (field.Default is null ? "" : "=" + ValueText.Of(field.Default));
}
