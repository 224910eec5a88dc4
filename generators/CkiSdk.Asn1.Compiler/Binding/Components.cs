using System.Runtime.CompilerServices;
using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Is a component or alternative with what its place in the braces says of it.</summary>
/// <param name="Syntax">The component.</param>
/// <param name="Scope">Where its type is to be understood.</param>
/// <param name="IsAddition">Whether it stands between extension markers: decoders of older versions do not know it, so it may be absent.</param>
/// <param name="AutomaticTag">Its automatic tag (X.680 25.7, 29.2); null for none.</param>
/// <param name="Group">Which of the version brackets it stands in, from 1; 0 for none.</param>
internal sealed record Member(NamedComponentSyntax Syntax, Scope Scope, bool IsAddition, int? AutomaticTag, int Group);

/// <summary>Walks the entries in the braces of SEQUENCE, SET and CHOICE.</summary>
internal sealed class Components(Peeler peeler, Reporter reporter)
{
    // Types that include one another twice each would double their components with each of them.
    private const int MostIncluded = 10_000;

    private readonly Dictionary<IReadOnlyList<ComponentSyntax>, Listing> _listings = new(ReferenceComparer<IReadOnlyList<ComponentSyntax>>.Instance);
    private readonly Trail _trail = new();
    private int _included;

    /// <summary>Returns the members with version brackets opened and COMPONENTS OF replaced by what it stands for (X.680 25.5).</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="scope">Where they stand.</param>
    public IReadOnlyList<Member> Members(IReadOnlyList<ComponentSyntax> entries, Scope scope) => List(entries, scope).Members;

    /// <summary>Returns the place among the members of the first one with a name, or with the name that one without a name gets; -1 for none.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="scope">Where they stand.</param>
    /// <param name="name">The name.</param>
    public int IndexOf(IReadOnlyList<ComponentSyntax> entries, Scope scope, string name) => List(entries, scope).ByName.TryGetValue(name, out var index) ? index : -1;

    // Many values of one type look its members up. What COMPONENTS OF stands for is found again, so that what is wrong with it is said wherever it stands.
    private Listing List(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        if (_listings.TryGetValue(entries, out var known) && ReferenceEquals(known.Scope, scope))
        {
            return known;
        }

        _included = 0;
        var listing = new Listing(scope, Expanded(entries, scope));
        if (!Flatten(entries).Any(pair => pair.Entry is ComponentsOfSyntax))
        {
            _listings[entries] = listing;
        }

        return listing;
    }

    /// <summary>Returns how many members stand before the second extension marker; null where there is none.</summary>
    public int? AdditionsEnd(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        _included = 0;
        var markers = entries.Select((entry, index) => (entry, index)).Where(pair => pair.entry is ExtensionMarkerSyntax).ToList();
        return markers.Count == 2 ? Expand([.. entries.Take(markers[1].index)], scope).Count() : null;
    }

    private List<Member> Expanded(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        var members = Expand(entries, scope).ToList();

        // X.680 25.7.1: whether tags are automatic is seen from the text; they are given after COMPONENTS OF was replaced.
        var isAutomatic = scope.Unit.Syntax.TagDefault == "AUTOMATIC"
            && !Flatten(entries).Any(pair => pair.Entry is NamedComponentSyntax { Type: TaggedTypeSyntax });
        if (!isAutomatic)
        {
            return members;
        }

        // X.680 25.7.3: the components of the root get their numbers before the additions.
        var (root, addition) = (0, members.Count(member => !member.IsAddition));
        return [.. members.Select(member => member with { AutomaticTag = member.IsAddition ? addition++ : root++ })];
    }

    private IEnumerable<Member> Expand(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        var markers = 0;
        foreach (var (entry, group) in Flatten(entries))
        {
            if (entry is ExtensionMarkerSyntax)
            {
                markers++;
            }
            else if (entry is NamedComponentSyntax named)
            {
                yield return new Member(named, scope, markers == 1, null, group);
            }
            else if (entry is ComponentsOfSyntax componentsOf)
            {
                foreach (var taken in Included(componentsOf, scope))
                {
                    yield return taken with { IsAddition = markers == 1, Group = group };
                }
            }
        }
    }

    /// <summary>Extension additions of the included type are left out (X.680 25.5).</summary>
    private List<Member> Included(ComponentsOfSyntax componentsOf, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_included > MostIncluded)
        {
            reporter.Error(DiagnosticCodes.TooDeep, scope.Unit, componentsOf.Span, $"more than {MostIncluded} components are included here");
            return [];
        }

        var name = (componentsOf.Type as TypeReferenceSyntax)?.Name ?? "a type";
        if (!_trail.TryEnter(componentsOf, scope, name))
        {
            reporter.Error(DiagnosticCodes.EndlessType, scope.Unit, componentsOf.Span, $"COMPONENTS OF includes itself without an end: {_trail.Way(componentsOf, scope)}");
            return [];
        }

        var definition = peeler.Definition(componentsOf.Type, scope);
        var members = definition?.Base is SequenceTypeSyntax inner ? Expanded(inner.Components, definition.Scope).Where(member => !member.IsAddition).ToList() : null;
        _trail.Leave();
        if (members is not null)
        {
            _included += members.Count;
            return members;
        }

        // A type from a module that is not there was warned of at its import.
        if (definition?.Base is not AnyTypeSyntax)
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, componentsOf.Span, "COMPONENTS OF needs a SEQUENCE or SET");
        }

        return [];
    }

    private static IEnumerable<(ComponentSyntax Entry, int Group)> Flatten(IEnumerable<ComponentSyntax> entries)
    {
        var groups = 0;
        foreach (var entry in entries)
        {
            if (entry is not ExtensionGroupSyntax group)
            {
                yield return (entry, 0);
                continue;
            }

            groups++;
            foreach (var inner in group.Components)
            {
                yield return (inner, groups);
            }
        }
    }

    private sealed class Listing(Scope scope, IReadOnlyList<Member> members)
    {
        private Dictionary<string, int>? _byName;

        public Scope Scope => scope;

        public IReadOnlyList<Member> Members => members;

        public Dictionary<string, int> ByName => _byName ??= Index();

        private Dictionary<string, int> Index()
        {
            var index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = members.Count - 1; i >= 0; i--)
            {
                index[ComponentNames.Asn1Name(members[i].Syntax)] = i;
            }

            return index;
        }
    }
}
