using System.Globalization;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Makes a C# condition of a constraint: true where the value is permitted.</summary>
/// <remarks>Null is a condition that is not known here, <c>true</c> one that always holds: both are not checked, but the opposite of <c>true</c> is.</remarks>
internal sealed partial class ConditionMaker(ConditionSubjects subjects)
{
    private const string Always = "true";
    private const string Never = "false";

    private readonly Dictionary<string, TableModel> _tables = new(StringComparer.Ordinal);
    private int _names;

    /// <summary>Gets the static members that the conditions made so far refer to.</summary>
    public IEnumerable<TableModel> Tables => _tables.Values;

    /// <summary>Returns the condition; null where nothing is to be checked.</summary>
    public string? Make(ConstraintNode node, ConditionSubject subject) => Condition(node, subject) is { } condition && condition != Always ? condition : null;

    private string? Condition(ConstraintNode node, ConditionSubject subject) => node switch
    {
        EveryValueNode or ExtensibleNode or AlphabetNode { IsExtensible: true } => Always,
        SingleValueNode single => Single(single, subject),
        NumberRangeNode range => Range(range, subject),
        RealRangeNode range => subject.Method == "Real" ? RealRange(range, subject.Expression) : null,
        SizeNode size => Size(size, subject),
        AlphabetNode alphabet => IsText(subject) ? $"{Alphabet(alphabet)}.Permits({subject.Expression})" : null,
        PatternNode pattern => IsText(subject) ? $"{Pattern(pattern)}.Permits({subject.Expression})" : null,
        SettingsNode settings => IsIsoTime(subject) ? $"{Settings(settings)}.Permits({subject.Expression})" : null,
        TimeRangeNode range => IsIsoTime(subject) || IsMoment(subject) ? $"{TimeRange(range)}.Permits({subject.Expression})" : null,
        UnionNode union => Any([.. union.Operands.Select(operand => Condition(operand, subject))]),
        IntersectionNode intersection => All([.. intersection.Operands.Select(operand => Condition(operand, subject))]),
        ExceptNode except => All([Condition(except.Included, subject), Not(Condition(except.Excluded, subject))]),
        WithComponentNode with => Elements(with, subject),
        WithComponentsNode with => subject.Model switch
        {
            RecordModel record => Components(with, record, subject.Expression),
            ChoiceModel choice => Alternatives(with, choice, subject.Expression),
            _ => subject.Method is "Real" or "Duration" || IsPresentation(subject) ? Parts(with, subject) : null,
        },
        _ => null,
    };

    private static string? Any(IReadOnlyList<string?> operands)
    {
        if (operands.Contains(Always))
        {
            return Always;
        }

        var possible = operands.Where(operand => operand != Never).Distinct().ToList();
        return possible.Contains(null) ? null : possible.Count == 0 ? Never : possible.Count == 1 ? possible[0] : string.Join(" || ", possible.Select(Inner));
    }

    private static string? All(IReadOnlyList<string?> operands)
    {
        if (operands.Contains(Never))
        {
            return Never;
        }

        var needed = operands.Where(operand => operand is not null && operand != Always).Distinct().ToList();
        return needed.Count == 0 ? (operands.Contains(null) ? null : Always) : needed.Count == 1 ? needed[0] : string.Join(" && ", needed.Select(Inner));
    }

    private static string? Not(string? condition) => condition switch
    {
        null => null,
        Always => Never,
        Never => Always,
        _ => $"!({condition})",
    };

    private static string Inner(string? condition) => condition!.IndexOf(' ') >= 0 ? $"({condition})" : condition;

    private static bool IsText(ConditionSubject subject) =>
        subject.Method is "ObjectDescriptor" || (subject.Method?.EndsWith("String", StringComparison.Ordinal) == true && subject.Method is not ("OctetString" or "BitString" or "NamedBitString" or "CharacterString"));

    private static bool IsMoment(ConditionSubject subject) => subject.Method is "UtcTime" or "GeneralizedTime";

    private static bool IsPresentation(ConditionSubject subject) => subject.Method is "External" or "EmbeddedPdv" or "CharacterString";

    private static bool IsIsoTime(ConditionSubject subject) => subject.Method is "Time" or "Date" or "TimeOfDay" or "DateTime" or "Duration";

    private string? Size(SizeNode size, ConditionSubject subject)
    {
        if (subject.Method == "NamedBitString")
        {
            // As many zeros may follow the last bit as the size demands (X.690 11.2.2): too short is no value.
            return ConstraintBounds.OfNumbers(size.Sizes).Maximum is { } most ? Number(new NumberRangeNode(null, most), $"{subject.Expression}.Length", "Int32") : Always;
        }

        var member = subject.Element is not null ? "Count" : subject.Method is "OctetString" or "BitString" || IsText(subject) ? "Length" : null;
        return member is null ? null : Number(size.Sizes, $"{subject.Expression}.{member}", "Int32");
    }

    private string? Elements(WithComponentNode with, ConditionSubject subject)
    {
        if (subject.Element is not { } element)
        {
            return null;
        }

        var item = Fresh("item");
        var condition = subjects.Of(item, element) is { } inner ? Condition(with.Element, inner) : null;
        return condition is null or Always ? condition
            : $"{Runtime.Prefix}Permitted.All<{element.CSharpType}>({subject.Expression}.AsSpan(), static {item} => {condition})";
    }

    private string? Components(WithComponentsNode with, RecordModel record, string expression)
    {
        var parts = new List<string?>();
        foreach (var component in record.Components)
        {
            var named = with.Components.FirstOrDefault(entry => entry.Name == component.Asn1Name);
            if (named is not null || !with.IsPartial)
            {
                parts.Add(Component(component, named?.Constraint, named?.Presence ?? ComponentPresence.Absent, $"{expression}.{component.Name}"));
            }
        }

        return All(parts);
    }

    private string? Component(ComponentModel component, ConstraintNode? constraint, ComponentPresence presence, string member)
    {
        if (presence == ComponentPresence.Absent)
        {
            return component.IsOptional ? $"{member} is null" : component.Default is { } value ? $"{member}.Equals({value})" : Always;
        }

        if (constraint is null)
        {
            return presence == ComponentPresence.Present && component.IsOptional ? $"{member} is not null" : Always;
        }

        var local = component.IsOptional ? Fresh("part") : member;
        var condition = subjects.Of(local, component.Use) is { } subject ? Condition(constraint, subject) : null;
        if (!component.IsOptional)
        {
            return condition;
        }

        return (presence, condition) switch
        {
            (ComponentPresence.Present, null or Always) => $"{member} is not null",
            (ComponentPresence.Present, _) => $"{member} is {{ }} {local} && {Inner(condition)}",
            (_, null or Always) => condition,
            _ => $"{member} is not {{ }} {local} || {Inner(condition)}",
        };
    }

    private string? Alternatives(WithComponentsNode with, ChoiceModel choice, string expression)
    {
        var parts = new List<string?>();
        foreach (var alternative in choice.Alternatives)
        {
            var named = with.Components.FirstOrDefault(entry => entry.Name == alternative.Asn1Name);
            var type = $"{choice.FullName}.{alternative.Name}";
            if (named is null || named.Presence == ComponentPresence.Absent)
            {
                parts.Add(with.IsPartial ? named is null ? Always : $"{expression} is not {type}" : Never);
                continue;
            }

            var local = Fresh("part");
            var condition = named.Constraint is { } constraint && subjects.Of($"{local}.Value", alternative.Use) is { } subject ? Condition(constraint, subject) ?? Always : Always;
            var isChosen = condition == Always ? $"{expression} is {type}" : $"{expression} is {type} {local} && {Inner(condition)}";
            parts.Add(!with.IsPartial || named.Presence == ComponentPresence.Present ? isChosen
                : condition == Always ? Always : $"{expression} is not {type} {local} || {Inner(condition)}");
        }

        return with.IsPartial ? All(parts) : Any(parts);
    }

    private string Fresh(string prefix) => $"{prefix}{(++_names).ToString(CultureInfo.InvariantCulture)}";
}
