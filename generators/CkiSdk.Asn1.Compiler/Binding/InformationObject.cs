using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is an information object (X.681 11).</summary>
/// <param name="Class">Its class.</param>
/// <param name="Settings">The fields that it sets.</param>
/// <param name="Name">Its name; null for one that stands in a set or in a field.</param>
/// <param name="Scope">Where it was written.</param>
/// <param name="Span">Its notation.</param>
internal sealed record InformationObject(
    ClassDefinition Class, IReadOnlyDictionary<string, Argument> Settings, string? Name, Scope Scope, TextSpan Span)
{
    /// <summary>Returns what the object has in a field, by its own setting or by the default of the class; null for nothing.</summary>
    public Argument? Setting(string field) =>
        Settings.TryGetValue(field, out var own) ? own
        : Class.Field(field)?.Default is { } given ? new Argument(given, Class.Scope) : null;
}
