using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Works out the tags of types in their three tagging environments (X.680 31, X.690 8.14).</summary>
internal sealed class TagBinder(Peeler peeler, Components components, ValueBinder values, Reporter reporter)
{
    // A decoder reads no more levels of elements.
    private const int MostTags = 64;

    private readonly Dictionary<AssignmentSyntax, IReadOnlyList<TagModel>> _known = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly HashSet<AssignmentSyntax> _inProgress = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly HashSet<AssignmentSyntax> _endless = new(ReferenceComparer<AssignmentSyntax>.Instance);

    /// <summary>Says whether a definition was found to be defined by itself, with nothing but tags and references on the way.</summary>
    public bool IsEndless(AssignmentSyntax assignment) => _endless.Contains(assignment);

    /// <summary>Returns all tags of a type from the outside in; none for an untagged choice or open type.</summary>
    public IReadOnlyList<TagModel> Chain(Peeled peeled)
    {
        var chain = Natural(peeled).ToList();
        for (var i = peeled.Tags.Count - 1; i >= 0; i--)
        {
            var (tag, scope) = peeled.Tags[i];
            Apply(chain, Class(tag), Number(tag, scope), IsImplicit(tag, scope));
        }

        return chain;
    }

    /// <summary>Puts a tag before a chain, or in the place of its first where it is implicit (X.680 31.2.7).</summary>
    public static void Apply(List<TagModel> chain, TagModelClass tagClass, int number, bool isImplicit)
    {
        if (isImplicit && chain.Count > 0)
        {
            chain[0] = new TagModel(tagClass, number, chain[0].IsConstructed);
        }
        else
        {
            chain.Insert(0, new TagModel(tagClass, number, true));
        }
    }

    /// <summary>Returns the tags that an encoding can begin with; empty where it can begin with any.</summary>
    public IReadOnlyList<TagModel> Starts(Peeled peeled, IReadOnlyList<TagModel> chain)
    {
        if (chain.Count > 0)
        {
            return [chain[0]];
        }

        var definition = peeled.Target is null ? peeled : peeler.Definition(peeled.Base, peeled.Scope);
        return definition?.Base is ChoiceTypeSyntax choice ? ChoiceStarts(choice, definition.Scope, 0) : [];
    }

    private List<TagModel> ChoiceStarts(ChoiceTypeSyntax choice, Scope scope, int depth)
    {
        var starts = new List<TagModel>();
        foreach (var alternative in components.Members(choice.Alternatives, scope))
        {
            if (peeler.Peel(alternative.Syntax.Type, scope) is not { } peeled)
            {
                continue;
            }

            var chain = Chain(peeled).ToList();
            if (alternative.AutomaticTag is { } number)
            {
                Apply(chain, TagModelClass.Context, number, true);
            }

            if (chain.Count > 0)
            {
                starts.Add(chain[0]);
                continue;
            }

            var inner = peeled.Target is null ? peeled : peeler.Definition(peeled.Base, peeled.Scope);
            if (depth > 50 || inner?.Base is not ChoiceTypeSyntax nested)
            {
                return [];
            }

            starts.AddRange(ChoiceStarts(nested, inner.Scope, depth + 1));
        }

        return starts;
    }

    /// <summary>Returns the universal tags of the base, or those of the definition that it refers to.</summary>
    public IReadOnlyList<TagModel> Natural(Peeled peeled)
    {
        if (peeled.Target is { } target)
        {
            if (_known.TryGetValue(target.Assignment, out var known))
            {
                return known;
            }

            if (!_inProgress.Add(target.Assignment))
            {
                reporter.Error(DiagnosticCodes.EndlessType, target.Unit, target.Assignment.NameSpan, $"{target.Assignment.Name} is defined by itself");
                _endless.UnionWith(_inProgress);
                return [];
            }

            var inner = peeler.Peel(((TypeAssignmentSyntax)target.Assignment).Type, target.Unit.Scope);
            var chain = inner is null ? [] : Chain(inner);
            if (chain.Count > MostTags)
            {
                reporter.Error(DiagnosticCodes.TooDeep, target.Unit, target.Assignment.NameSpan, $"{target.Assignment.Name} has more than {MostTags} tags around one another");
                chain = [];
            }

            _inProgress.Remove(target.Assignment);
            if (!_endless.Contains(target.Assignment))
            {
                _known[target.Assignment] = chain;
            }

            return chain;
        }

        return peeled.Base switch
        {
            SequenceTypeSyntax sequence => [TagModel.Universal(sequence.IsSet ? 17 : 16, true)],
            SequenceOfTypeSyntax list => [TagModel.Universal(list.IsSet ? 17 : 16, true)],
            EnumeratedTypeSyntax => [TagModel.Universal(10)],
            IntegerTypeSyntax => [TagModel.Universal(2)],
            BitStringTypeSyntax => [TagModel.Universal(3)],
            InstanceOfTypeSyntax => [TagModel.Universal(8, true)],
            BuiltinTypeSyntax builtin when BuiltinTypes.Find(builtin.Name) is { } known => [known.Tag],
            _ => [],
        };
    }

    private static TagModelClass Class(TaggedTypeSyntax tag) => tag.Class switch
    {
        "UNIVERSAL" => TagModelClass.Universal,
        "APPLICATION" => TagModelClass.Application,
        "PRIVATE" => TagModelClass.Private,
        _ => TagModelClass.Context,
    };

    private int Number(TaggedTypeSyntax tag, Scope scope)
    {
        if (values.Number(tag.Number, scope) is { } number && number >= 0 && number <= 0x1FFFFFFF)
        {
            return (int)number;
        }

        reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, tag.Number.Span, "a tag number is a number from 0 to 536870911");
        return 0;
    }

    private static bool IsImplicit(TaggedTypeSyntax tag, Scope scope) =>
        tag.Mode is { } mode ? mode == "IMPLICIT" : scope.Unit.Syntax.TagDefault is "IMPLICIT" or "AUTOMATIC";
}
