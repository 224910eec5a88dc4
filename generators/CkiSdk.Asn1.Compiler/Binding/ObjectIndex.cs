using System.Globalization;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Knows which information objects are in a set, without comparing each with each.</summary>
internal sealed class ObjectIndex
{
    private readonly HashSet<(ModuleUnit, string, TextSpan)> _places = [];
    private readonly HashSet<(ModuleUnit, string, string)> _texts = [];

    /// <summary>Makes the index of some objects.</summary>
    public ObjectIndex(IEnumerable<InformationObject> objects) => Add(objects);

    /// <summary>Takes in objects.</summary>
    public void Add(IEnumerable<InformationObject> objects)
    {
        foreach (var item in objects)
        {
            _places.Add(Place(item));
            if (item.Name is null)
            {
                _texts.Add(Text(item));
            }
        }
    }

    /// <summary>Says whether an object is there, however it was reached; those without a name are the same if they are written the same.</summary>
    public bool Contains(InformationObject item) => _places.Contains(Place(item)) || (item.Name is null && _texts.Contains(Text(item)));

    private static (ModuleUnit, string, TextSpan) Place(InformationObject item) => (item.Scope.Unit, item.Scope.Key, item.Span);

    private static (ModuleUnit, string, string) Text(InformationObject item) => (item.Scope.Unit, item.Scope.Key, string.Concat(
        item.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => Text(setting.Key, setting.Value.Syntax.Span, item.Scope.Unit.Source.Text))));

    // With the length of the text, so that no two different ones are written alike.
    private static string Text(string field, TextSpan span, string source) =>
        $"{field} {span.Length.ToString(CultureInfo.InvariantCulture)} {source.Substring(span.Start, span.Length)}";
}
