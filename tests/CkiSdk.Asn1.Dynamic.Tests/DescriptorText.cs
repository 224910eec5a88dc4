using System.Globalization;
using System.Text;

namespace CkiSdk.Asn1.Dynamic.Tests;

/// <summary>Writes all that a descriptor says of its type, down to types by name.</summary>
internal static class DescriptorText
{
    /// <summary>Returns the text.</summary>
    public static string Of(TypeDescriptor type)
    {
        var text = new StringBuilder();
        Write(text, type, isOutermost: true);
        return text.ToString();
    }

    private static void Write(StringBuilder text, TypeDescriptor type, bool isOutermost)
    {
        text.Append(CultureInfo.InvariantCulture, $"{type.Module}.{type.Name} {type.Kind} {string.Join(' ', type.Tags.Select(tag => $"{tag}{(tag.IsConstructed ? "" : "p")}"))}");
        if (type.IsNamed && !isOutermost)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $" {type.ConstraintNotation} {ConstraintText.Of(type.Constraint)} unknown at {type.UnknownAt} names {string.Join(' ', type.Names)}");
        text.Append(CultureInfo.InvariantCulture, $" selectors {string.Join(' ', type.Selectors.Select(path => $"{path.Parameter}:{string.Join('.', path.Steps)}"))} parameters {string.Join(' ', type.Parameters)}");
        if (type.Base is null && type.OpenType is { } table)
        {
            text.Append(CultureInfo.InvariantCulture, $" table {table.Name} {table.IsExtensible} {table.Notation}");
            foreach (var alternative in table.Alternatives)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n    {alternative.Name} {string.Join(' ', alternative.Keys.Select(key => Convert.ToHexString((key ?? default).Span)))} ");
                if (alternative.Type is { } known)
                {
                    Write(text, known, isOutermost: false);
                }
            }
        }

        if (type.Contained is { } contained && type.Base is null)
        {
            text.Append(" containing ");
            Write(text, contained, isOutermost: false);
        }

        if (type.Base is { } inner)
        {
            text.Append(" base (");
            Write(text, inner, isOutermost: false);
            text.Append(')');
            return;
        }

        if (type.Element is { } element)
        {
            text.Append(" of (");
            Write(text, element, isOutermost: false);
            text.Append(')');
        }

        foreach (var component in type.Components)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {component.Name} {component.IsOptional} {Convert.ToHexString(component.Default.Span)} (");
            Write(text, component.Type, isOutermost: false);
            text.Append(')');
        }
    }
}
