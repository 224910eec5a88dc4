using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks that a decoder can tell components apart by their tags (X.680 25.6, 27.3, 29.3).</summary>
internal sealed class TagChecker(Reporter reporter)
{
    /// <summary>Checks a SEQUENCE: in a run of components that may be absent and the next one no two begin alike; a SET: none at all.</summary>
    public void CheckSequence(EquatableArray<ComponentModel> components, bool isSet, ModuleUnit unit, TextSpan span)
    {
        for (var i = 0; i < components.Count; i++)
        {
            for (var j = i + 1; j < components.Count && (isSet || MayBeAbsent(components[j - 1])); j++)
            {
                Check(components[i], components[j], unit, span);
            }
        }
    }

    /// <summary>Checks a CHOICE: no two alternatives begin alike.</summary>
    public void CheckChoice(EquatableArray<ComponentModel> alternatives, ModuleUnit unit, TextSpan span)
    {
        for (var i = 0; i < alternatives.Count; i++)
        {
            for (var j = i + 1; j < alternatives.Count; j++)
            {
                Check(alternatives[i], alternatives[j], unit, span);
            }
        }
    }

    private static bool MayBeAbsent(ComponentModel component) => component.IsOptional || component.Default is not null;

    private void Check(ComponentModel first, ComponentModel second, ModuleUnit unit, TextSpan span)
    {
        if (first.StartTags.Any(tag => second.StartTags.Any(tag.LooksLike)))
        {
            reporter.Error(DiagnosticCodes.AmbiguousTags, unit, span, $"{first.Asn1Name} and {second.Asn1Name} begin with the same tag");
        }
    }
}
