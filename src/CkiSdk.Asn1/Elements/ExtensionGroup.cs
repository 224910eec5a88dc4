namespace CkiSdk.Asn1;

/// <summary>Knows which components of extension addition groups come together (X.680 25.13).</summary>
internal static class ExtensionGroup
{
    /// <summary>Gives the name of a component that is missing although another one of its group is there; null for none.</summary>
    internal static string? Missing(Element element, TypeDescriptor type)
    {
        foreach (var component in type.Components)
        {
            if (component is { IsRequiredInGroup: true } && element.Find(component.Name) is null && element.Children.Any(child => child.Component?.Group == component.Group))
                return component.Name;
        }

        return null;
    }
}
