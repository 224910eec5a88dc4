using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks that a decoder can tell components apart by their tags (X.680 25.6, 27.3, 29.3, 52.7).</summary>
internal sealed class TagChecker(Peeler peeler, ClassBinder classes, Components components, TagBinder tags, Reporter reporter)
{
    /// <summary>Checks a SEQUENCE: in a run of components that may be absent and the next one no two begin alike; a SET: none at all.</summary>
    public void Check(SequenceTypeSyntax sequence, Scope scope)
    {
        var openings = Openings(sequence.Components, scope);
        var start = 0;
        while (start < openings.Count)
        {
            // Up to the first that must be there: what comes behind it cannot be taken for what came before it.
            var end = start;
            while (end < openings.Count - 1 && (sequence.IsSet || openings[end].MayBeAbsent))
            {
                end++;
            }

            Check(openings.GetRange(start, end - start + 1), scope, sequence.Span, inOrder: !sequence.IsSet);
            start = end + 1;
        }
    }

    /// <summary>Checks a CHOICE: no two alternatives begin alike.</summary>
    public void Check(ChoiceTypeSyntax choice, Scope scope)
    {
        Check(Openings(choice.Alternatives, scope), scope, choice.Span, inOrder: false);
    }

    private void Check(List<Opening> openings, Scope scope, TextSpan outer, bool inOrder)
    {
        if (openings.Count < 2 || AreApart(openings))
        {
            return;
        }

        for (var i = 0; i < openings.Count; i++)
        {
            for (var j = i + 1; j < openings.Count; j++)
            {
                Check(openings[i], openings[j], scope, outer, inOrder);
            }
        }
    }

    // Mostly no two have a tag in common, which is seen without comparing each with each.
    private static bool AreApart(List<Opening> openings)
    {
        var taken = new HashSet<(TagModelClass, int)>();
        return openings.All(opening => !opening.IsAny && !opening.IsOpenChoice && opening.Starts.All(tag => taken.Add((tag.Class, tag.Number))));
    }

    private List<Opening> Openings(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        var openings = new List<Opening>();
        foreach (var member in components.Members(entries, scope))
        {
            if (peeler.Peel(member.Syntax.Type, member.Scope) is not { } peeled)
            {
                continue;
            }

            var chain = tags.Chain(peeled).ToList();
            if (member.AutomaticTag is { } number)
            {
                TagBinder.Apply(chain, TagModelClass.Context, number, true);
            }

            var definition = chain.Count > 0 ? null : peeled.Target is null ? peeled : peeler.Definition(peeled.Base, peeled.Scope);
            openings.Add(new Opening(
                member,
                tags.Starts(peeled, chain),
                definition is not null && classes.IsOpen(definition),
                definition?.Base is ChoiceTypeSyntax choice && StructureBinder.IsExtensible(choice.Alternatives, definition.Scope),
                peeled.Tables.Count > 0));
        }

        return openings;
    }

    private void Check(Opening first, Opening second, Scope scope, TextSpan outer, bool inOrder)
    {
        var span = second.Member.Scope.Unit == scope.Unit && outer.Start <= second.Member.Syntax.Span.Start && second.Member.Syntax.Span.End <= outer.End
            ? second.Member.Syntax.Span : outer;
        if (first.IsAny || second.IsAny)
        {
            var (any, other) = first.IsAny ? (first, second) : (second, first);
            var message = $"{any.Name} can begin with any tag, also with that of {other.Name}";

            // Behind a component that may be absent, an element with that one's tag is taken for that one. Published modules live with it
            // where an object set says what the open type can be, or where the tag is one that whole types have seldom.
            if (inOrder && !first.IsAny && (second.IsTied || first.Starts.All(tag => tag.Class == TagModelClass.Context)))
                reporter.Warning(DiagnosticCodes.DoubtfulTag, scope.Unit, span, message);
            else
                reporter.Error(DiagnosticCodes.AmbiguousTags, scope.Unit, span, message);
        }
        else if (first.Starts.Any(tag => second.Starts.Any(tag.LooksLike)))
        {
            // Who knows the addition reads it; published modules trust in that.
            if (first.Member.IsAddition && !second.Member.IsAddition)
                reporter.Warning(DiagnosticCodes.DoubtfulTag, scope.Unit, span, $"{first.Name}, which older versions do not know, and {second.Name} begin with the same tag");
            else
                reporter.Error(DiagnosticCodes.AmbiguousTags, scope.Unit, span, $"{first.Name} and {second.Name} begin with the same tag");
        }
        else if (first.IsOpenChoice && second.IsOpenChoice)
        {
            // In a SEQUENCE it is taken for the first, which is what published modules live with.
            var message = $"an unknown alternative could be one of {first.Name} or of {second.Name}, as both are extensible";
            if (inOrder)
                reporter.Warning(DiagnosticCodes.DoubtfulTag, scope.Unit, span, message);
            else
                reporter.Error(DiagnosticCodes.AmbiguousTags, scope.Unit, span, message);
        }
    }

    /// <summary>Is a component with the tags that it can begin with; none where these are not known.</summary>
    private sealed record Opening(Member Member, IReadOnlyList<TagModel> Starts, bool IsAny, bool IsOpenChoice, bool IsTied)
    {
        public string Name => Member.Syntax.Name ?? "a component without a name";

        public bool MayBeAbsent => Member.IsAddition || Member.Syntax.IsOptional || Member.Syntax.Default is not null;
    }
}
