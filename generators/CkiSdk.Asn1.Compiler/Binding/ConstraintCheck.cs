using System.Numerics;
using System.Text.RegularExpressions;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Says of values that a module writes whether a constraint permits them.</summary>
internal static class ConstraintCheck
{
    /// <summary>Returns whether the value is permitted; null where that cannot be said here.</summary>
    public static bool? Permits(ConstraintNode node, ValueNode value) => node switch
    {
        ExtensibleNode or EveryValueNode => true,
        SingleValueNode single => Same(single.Value, value),
        NumberRangeNode range => Number(value) is { } number ? !(number < range.Minimum) && !(number > range.Maximum) : null,
        RealRangeNode range => Emit.DescriptorConstraints.RealNumber(value) is { } number ? Within(range, number) : null,
        SizeNode size => Size(value) is { } count ? Permits(size.Sizes, new IntegerNode(count)) : null,
        AlphabetNode { IsExtensible: true } => true,
        AlphabetNode alphabet => value is TextNode text ? CharacterRanges.Except(CharacterRanges.OfText(text.Text), alphabet.Characters).Count == 0 : null,
        PatternNode pattern => value is TextNode text ? Matches(pattern.Regex, text.Text) : null,
        SettingsNode settings => value is TimeNode time ? TimeProperties.Meets(time.Text, settings.Settings) : null,
        TimeRangeNode range => value is TimeNode time ? Within(range, time.Text) : null,
        UnionNode union => Any(union.Operands, value),
        IntersectionNode intersection => All(intersection.Operands, value),
        ExceptNode except => Both(Permits(except.Included, value), Not(Permits(except.Excluded, value))),
        WithComponentNode with => value is ListNode list ? list.Items.Select(item => Permits(with.Element, item)).Aggregate((bool?)true, Both) : null,
        WithComponentsNode with => Components(with, value),
        _ => null,
    };

    private static bool? Both(bool? first, bool? second) => first == false || second == false ? false : first == true && second == true ? true : null;

    private static bool? Not(bool? value) => value is { } known ? !known : null;

    private static bool? All(IEnumerable<ConstraintNode> operands, ValueNode value) => operands.Select(operand => Permits(operand, value)).Aggregate((bool?)true, Both);

    private static bool? Any(IEnumerable<ConstraintNode> operands, ValueNode value) =>
        Not(operands.Select(operand => Not(Permits(operand, value))).Aggregate((bool?)true, Both));

    private static bool? Same(ValueNode expected, ValueNode value) => (expected, value) switch
    {
        // Trailing zeros of named bits mean nothing, which is not known here.
        (BitsNode first, BitsNode second) => first.Equals(second) ? true : null,
        (OctetsNode first, OctetsNode second) => string.Equals(first.Hex, second.Hex, StringComparison.OrdinalIgnoreCase),
        (EnumeratedNode first, EnumeratedNode second) => first.Number == second.Number,
        (SequenceNode, _) or (RealNode, _) or (ListNode, _) or (ChoiceNode, _) or (OpenNode, _) => expected.Equals(value) ? true : null,
        _ => expected.GetType() == value.GetType() ? expected.Equals(value) : null,
    };

    private static BigInteger? Number(ValueNode value) => value is IntegerNode number ? number.Value : null;

    private static bool Within(RealRangeNode range, double number) =>
        !(number < range.Minimum) && !(number > range.Maximum) && !(range.MinimumOpen && number == range.Minimum) && !(range.MaximumOpen && number == range.Maximum);

    // A UTCTime or GeneralizedTime with a difference to UTC is compared at run time only.
    private static bool? Within(TimeRangeNode range, string text) =>
        text.Length > 10 && text.Take(10).All(char.IsDigit) && !(text.EndsWith("Z", StringComparison.Ordinal) && text.Length is 13 or >= 15) ? null
        : TimeOrder.IsBetween(text, range.Minimum, range.MinimumOpen, range.Maximum, range.MaximumOpen);

    private static int? Size(ValueNode value) => value switch
    {
        // Named bits are as long as they need to be.
        OctetsNode octets => octets.Hex.Length / 2,
        TextNode text => text.Text.Count(c => !char.IsLowSurrogate(c)),
        ListNode list => list.Items.Count,
        _ => null,
    };

    private static bool? Matches(string regex, string text)
    {
        try
        {
            return Regex.IsMatch(text, regex, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static bool? Components(WithComponentsNode with, ValueNode value)
    {
        if (value is ChoiceNode choice)
        {
            return Alternative(with, choice);
        }

        if (value is not SequenceNode sequence)
        {
            return null;
        }

        bool? result = true;
        foreach (var component in with.Components)
        {
            var field = sequence.Fields.FirstOrDefault(field => field.Name == component.Name);
            var presence = field is null ? component.Presence != ComponentPresence.Present ? true : (bool?)false
                : component.Presence == ComponentPresence.Absent ? null : true;
            result = Both(result, presence);
            result = field is not null && component.Constraint is { } inner ? Both(result, Permits(inner, field.Value)) : result;
        }

        return with.IsPartial || sequence.Fields.All(field => with.Components.Any(component => component.Name == field.Name)) ? result : Both(result, null);
    }

    private static bool? Alternative(WithComponentsNode with, ChoiceNode choice)
    {
        var named = with.Components.FirstOrDefault(component => component.Name == choice.Alternative);
        if (with.Components.Any(component => component.Presence == ComponentPresence.Present && component.Name != choice.Alternative))
        {
            return false;
        }

        return named is null ? with.IsPartial : named.Presence == ComponentPresence.Absent ? false : named.Constraint is { } inner ? Permits(inner, choice.Value) : true;
    }
}
