using System.Text;
using CkiSdk.Asn1.Modules.InformationFramework;

namespace CkiSdk.Pki.Names;

/// <summary>Brings relative names into the form that is the same exactly for those that are equal by RFC 5280 §7.1.</summary>
internal static class CanonicalNames
{
    /// <summary>Makes one text for each relative name.</summary>
    public static string[] Of(RDNSequence sequence)
    {
        var canonical = new string[sequence.Count];
        for (var i = 0; i < canonical.Length; i++)
            canonical[i] = Of(sequence[i]);
        return canonical;
    }

    private static string Of(RelativeDistinguishedName relative)
    {
        if (relative.Count == 1)
            return Of(relative[0]);
        var attributes = new List<string>(relative.Count);
        foreach (var attribute in relative)
            attributes.Add(Of(attribute));
        attributes.Sort(StringComparer.Ordinal);
        return string.Join('+', attributes);
    }

    // A prepared text stands after a colon, any other value as hexadecimal digits after a hash: the two never meet.
    private static string Of(AttributeTypeAndValue attribute)
    {
        var type = attribute.Type.ToString();
        return AttributeText.Read(attribute.Value) is { } text && StringPreparation.TryPrepare(text, out var prepared)
            ? $"{type}:{Escape(prepared)}"
            : $"{type}#{Convert.ToHexStringLower(attribute.Value.Encoded.Span)}";
    }

    private static string Escape(string prepared)
    {
        if (prepared.AsSpan().IndexOfAny(',', '+', '\\') < 0)
            return prepared;
        var text = new StringBuilder(prepared.Length + 4);
        foreach (var c in prepared)
        {
            if (c is ',' or '+' or '\\')
                text.Append('\\');
            text.Append(c);
        }

        return text.ToString();
    }
}
