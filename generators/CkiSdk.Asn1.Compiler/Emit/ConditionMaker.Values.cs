using System.Globalization;
using System.Numerics;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <content>Single values, ranges, and the tables that conditions look things up in.</content>
internal sealed partial class ConditionMaker
{
    private string? Single(SingleValueNode single, ConditionSubject subject) =>
        single.Content is not null && IsPresentation(subject) ? Parts(single, subject) : Single(single.Value, subject);

    private string? Single(ValueNode value, ConditionSubject subject) => (value, subject.Method) switch
    {
        (BooleanNode boolean, "Boolean") => boolean.Value ? subject.Expression : $"!{subject.Expression}",
        (IntegerNode, _) => Number(new SingleValueNode(value), subject),
        (NullNode, "Null") => Always,
        (EnumeratedNode item, _) when subject.Model is EnumModel => $"(int){subject.Expression} == {item.Number.ToString(CultureInfo.InvariantCulture)}",
        (TextNode text, _) when IsText(subject) => Equal(subject, subject.CSharpType, $"new {subject.CSharpType}({Runtime.Literal(text.Text)})"),
        (OctetsNode octets, "OctetString") => Equal(subject, subject.CSharpType, $"{subject.CSharpType}.FromHex(\"{octets.Hex}\")"),
        (BitsNode bits, "BitString") => Equal(subject, subject.CSharpType, Bits(bits, subject.CSharpType)),
        (BitsNode bits, "NamedBitString") => $"{subject.Expression}.TrimTrailingZeros().Equals({Table("Bits", subject.CSharpType, Bits(bits, subject.CSharpType) + ".TrimTrailingZeros()")})",
        (OidNode oid, "ObjectIdentifier") => Equal(subject, subject.CSharpType, $"{subject.CSharpType}.Parse(\"{oid.Dotted}\")"),
        (RelativeOidNode oid, "RelativeOid") => Equal(subject, subject.CSharpType, $"{subject.CSharpType}.Parse(\"{oid.Dotted}\")"),
        (TimeNode time, _) when IsIsoTime(subject) => Equal(subject, subject.CSharpType, $"{subject.CSharpType}.Parse({Runtime.Literal(time.Text)})"),
        (TimeNode time, "UtcTime" or "GeneralizedTime") when IsCanonical(time.Text) =>
            Equal(subject, subject.CSharpType, $"new {subject.CSharpType}({Runtime.Literal(time.Text)}u8.ToArray())"),
        (RealNode or SpecialRealNode, "Real") when RealLiteral(value) is { } literal => $"((double){subject.Expression}).Equals({literal})",
        (OpenNode open, "Any") => Equal(subject, subject.CSharpType, $"new {subject.CSharpType}(global::System.Convert.FromHexString(\"{open.Der}\"))"),
        (SequenceNode sequence, _) when subject.Model is RecordModel record => Components(Whole(sequence.Fields.Select(field => (field.Name, field.Value))), record, subject.Expression),
        (ChoiceNode choice, _) when subject.Model is ChoiceModel model => Alternatives(Whole([(choice.Alternative, choice.Value)]), model, subject.Expression),
        (ListNode list, _) when subject.Element is { } element => Items(list, element, subject),
        _ => null,
    };

    // One value of a structure is the one whose components have the values given, the others being absent.
    private static WithComponentsNode Whole(IEnumerable<(string Name, ValueNode Value)> parts) => new(
        false, new EquatableArray<ComponentConstraintNode>(parts.Select(part => new ComponentConstraintNode(part.Name, new SingleValueNode(part.Value), ComponentPresence.Present))));

    private string? Items(ListNode list, TypeUse element, ConditionSubject subject)
    {
        var count = $"{subject.Expression}.Count == {list.Items.Count.ToString(CultureInfo.InvariantCulture)}";
        if (!subject.CSharpType.StartsWith($"{Runtime.Prefix}SetOf<", StringComparison.Ordinal))
        {
            return All([count, .. list.Items.Select((item, index) =>
                subjects.Of($"{subject.Expression}[{index.ToString(CultureInfo.InvariantCulture)}]", element) is { } inner ? Single(item, inner) : null)]);
        }

        var conditions = new List<string>();
        foreach (var item in list.Items)
        {
            var name = Fresh("item");
            conditions.Add($"static {name} => {(subjects.Of(name, element) is { } inner ? Single(item, inner) : null) ?? Always}");
        }

        return list.Items.Count == 0 ? count : $"{Runtime.Prefix}Permitted.Each<{element.CSharpType}>({subject.Expression}.AsSpan(), [{string.Join(", ", conditions)}])";
    }

    private string Equal(ConditionSubject subject, string type, string value) => $"{subject.Expression}.Equals({Table("Value", type, value)})";

    private static string Bits(BitsNode bits, string type) =>
        $"new {type}(global::System.Convert.FromHexString(\"{bits.Hex}\"), {bits.UnusedBits.ToString(CultureInfo.InvariantCulture)})";

    private static bool IsCanonical(string time) =>
        time.Length >= 13 && time[time.Length - 1] == 'Z' && time.Take(time.Length - 1).All(c => char.IsDigit(c) || c == '.');

    private string? Range(NumberRangeNode range, ConditionSubject subject) => Number(range, subject);

    private string? Number(ConstraintNode node, ConditionSubject subject) =>
        subject.Method is "Int32" or "Int64" or "Integer" ? Number(node, subject.Expression, subject.Method) : null;

    private string? Number(ConstraintNode node, string expression, string method) => node switch
    {
        EveryValueNode or ExtensibleNode => Always,
        SingleValueNode { Value: IntegerNode number } => Compare(expression, "==", number.Value, method),
        NumberRangeNode range when range.Minimum == range.Maximum && range.Minimum is { } only => Compare(expression, "==", only, method),
        NumberRangeNode range => All([
            range.Minimum is { } low ? Compare(expression, ">=", low, method) : Always,
            range.Maximum is { } high ? Compare(expression, "<=", high, method) : Always]),
        UnionNode union => Any([.. union.Operands.Select(operand => Number(operand, expression, method))]),
        IntersectionNode intersection => All([.. intersection.Operands.Select(operand => Number(operand, expression, method))]),
        ExceptNode except => All([Number(except.Included, expression, method), Not(Number(except.Excluded, expression, method))]),
        _ => null,
    };

    private string Compare(string expression, string comparison, BigInteger bound, string method)
    {
        var number = bound.ToString(CultureInfo.InvariantCulture);
        var isLong = bound >= long.MinValue && bound <= long.MaxValue;
        if (method == "Integer")
        {
            var integer = $"{Runtime.Prefix}Integer";
            var other = isLong ? number + "L" : Table("Number", integer, $"global::System.Numerics.BigInteger.Parse(\"{number}\", global::System.Globalization.CultureInfo.InvariantCulture)");
            return bound.IsZero && comparison == ">=" ? $"!{expression}.IsNegative" : $"{expression}.CompareTo({other}) {comparison} 0";
        }

        // A number beyond what the type holds, or at its end, needs no comparison.
        var (least, most) = method == "Int32" ? (int.MinValue, int.MaxValue) : (long.MinValue, long.MaxValue);
        return comparison switch
        {
            ">=" when bound <= least => Always,
            "<=" when bound >= most => Always,
            _ when bound < least || bound > most => Never,
            _ => $"{expression} {comparison} {number}{(bound > int.MaxValue || bound < int.MinValue ? "L" : string.Empty)}",
        };
    }

    private static string? RealRange(RealRangeNode range, string expression) => All([
        range.Minimum is { } low ? $"(double){expression} {(range.MinimumOpen ? ">" : ">=")} {RealLiteral(low)}" : Always,
        range.Maximum is { } high ? $"(double){expression} {(range.MaximumOpen ? "<" : "<=")} {RealLiteral(high)}" : Always]);

    private static string? RealLiteral(ValueNode value) => value switch
    {
        SpecialRealNode { Word: "NOT-A-NUMBER" } => RealLiteral(double.NaN),
        SpecialRealNode { Word: "MINUS-ZERO" } => "-0d",
        _ => DescriptorConstraints.RealNumber(value) is { } number ? RealLiteral(number) : null,
    };

    private static string RealLiteral(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double.NaN => "double.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "d",
    };

    private string Alphabet(AlphabetNode alphabet)
    {
        var ends = alphabet.Characters.SelectMany(range => new[] { range.First, range.Last }).Select(point => point.ToString(CultureInfo.InvariantCulture));
        var type = $"{Runtime.Prefix}PermittedAlphabet";
        return Table("Alphabet", type, $"new {type}({string.Join(", ", ends)})");
    }

    private string Pattern(PatternNode pattern)
    {
        var type = $"{Runtime.Prefix}PermittedPattern";
        return Table("Pattern", type, $"new {type}({Runtime.Literal(pattern.Regex)})");
    }

    private string Settings(SettingsNode settings)
    {
        var type = $"{Runtime.Prefix}PermittedTimes";
        return Table("Times", type, $"new {type}({Runtime.Literal(settings.Settings)})");
    }

    private string Parts(ConstraintNode node, ConditionSubject subject)
    {
        var type = $"{Runtime.Prefix}PermittedParts";
        return $"{Table("Parts", type, $"new {type}({DescriptorConstraints.Expression(node)})")}.Permits({subject.Expression})";
    }

    private string TimeRange(TimeRangeNode range)
    {
        var type = $"{Runtime.Prefix}PermittedTimeRange";
        return Table("TimeRange", type, $"new {type}({DescriptorConstraints.TimeRange(range)})");
    }

    /// <summary>Returns the name of a static member that holds an object, made once however many conditions use it.</summary>
    private string Table(string prefix, string type, string expression)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in type + expression)
        {
            hash = unchecked((hash ^ c) * 1099511628211UL);
        }

        var name = $"{prefix}{hash.ToString("X16", CultureInfo.InvariantCulture)}";
        _tables[name] = new TableModel(name, type, expression);
        return $"{ConstraintTables.Class}.{name}";
    }
}
