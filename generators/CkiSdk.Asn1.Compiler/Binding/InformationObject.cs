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

    /// <summary>Says whether both are the same object, however they were reached.</summary>
    public bool IsSame(InformationObject other) =>
        ReferenceEquals(Scope.Unit, other.Scope.Unit) && Scope.Key == other.Scope.Key
        && (Span == other.Span || (Name is null && other.Name is null && Settings.Count == other.Settings.Count && Settings.All(setting => HasSame(setting, other))));

    /// <summary>Objects without a name are the same if they are written the same.</summary>
    private bool HasSame(KeyValuePair<string, Argument> setting, InformationObject other) =>
        other.Settings.TryGetValue(setting.Key, out var value) && Text(setting.Value) == Text(value);

    private string Text(Argument setting) => Scope.Unit.Source.Text.Substring(setting.Syntax.Span.Start, setting.Syntax.Span.Length);
}
