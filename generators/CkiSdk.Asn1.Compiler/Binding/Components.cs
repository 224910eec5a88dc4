using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Walks the entries in the braces of SEQUENCE, SET and CHOICE.</summary>
internal static class Components
{
    /// <summary>Returns the named entries, those in version brackets among them, each with its automatic tag (X.680 25.7, 29.2).</summary>
    public static IEnumerable<(NamedComponentSyntax Component, int? AutomaticTag)> Named(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        var named = Flatten(entries).OfType<NamedComponentSyntax>().ToList();
        var automatic = scope.Unit.Syntax.TagDefault == "AUTOMATIC" && !named.Any(component => component.Type is TaggedTypeSyntax);
        if (!automatic)
        {
            return named.Select(component => (component, (int?)null));
        }

        // X.680 25.7.3: the components of the root get their numbers before the additions.
        var numbers = RootFirst(entries).Select((component, index) => (component, index)).ToDictionary(pair => pair.component, pair => pair.index);
        return named.Select(component => (component, (int?)numbers[component]));
    }

    /// <summary>Returns all entries with version brackets opened.</summary>
    public static IEnumerable<ComponentSyntax> Flatten(IEnumerable<ComponentSyntax> entries) =>
        entries.SelectMany(entry => entry is ExtensionGroupSyntax group ? Flatten(group.Components) : [entry]);

    private static IEnumerable<NamedComponentSyntax> RootFirst(IReadOnlyList<ComponentSyntax> entries)
    {
        var markers = 0;
        var root = new List<NamedComponentSyntax>();
        var additions = new List<NamedComponentSyntax>();
        foreach (var entry in Flatten(entries))
        {
            if (entry is ExtensionMarkerSyntax)
            {
                markers++;
            }
            else if (entry is NamedComponentSyntax component)
            {
                (markers == 1 ? additions : root).Add(component);
            }
        }

        return root.Concat(additions);
    }
}
