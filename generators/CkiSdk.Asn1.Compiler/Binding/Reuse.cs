using System.Text;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds what an earlier linking made of the assignments that no edit since then can have changed.</summary>
internal sealed class Reuse
{
    private readonly Dictionary<AssignmentSyntax, (AssignmentSyntax Then, LinkedModule Module)> _same = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly Dictionary<AssignmentSyntax, LinkedAssignment> _edited = new(ReferenceComparer<AssignmentSyntax>.Instance);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _affected;

    private Reuse(LinkState state, IReadOnlyList<ModuleUnit> units)
    {
        for (var i = 0; i < units.Count && IsPossible; i++)
        {
            IsPossible = Compare(state.Modules[i], units[i]);
        }

        _affected = IsPossible ? state.Uses.Closure(_changed.Concat(state.Doubtful)) : [];
    }

    private bool IsPossible { get; set; } = true;

    /// <summary>Compares modules with those of an earlier linking; null where everything may have changed.</summary>
    public static Reuse? Of(LinkState? state, IReadOnlyList<ModuleUnit> units, IReadOnlyList<ExternalModule> externals)
    {
        if (state is null || state.Modules.Count != units.Count || !state.Externals.SequenceEqual(externals))
        {
            return null;
        }

        var reuse = new Reuse(state, units);
        return reuse.IsPossible ? reuse : null;
    }

    /// <summary>Returns what an assignment was linked to; null where it must be linked again.</summary>
    public LinkedAssignment? Find(AssignmentSyntax assignment) =>
        !_affected.Contains(assignment.Name) && _same.TryGetValue(assignment, out var same) ? same.Module.Assignments[same.Then] : null;

    /// <summary>Returns what an assignment was linked to before its edit, or that of what it depends on; null for nothing.</summary>
    public LinkedAssignment? Before(AssignmentSyntax assignment) =>
        _same.TryGetValue(assignment, out var same) ? same.Module.Assignments[same.Then] : _edited.TryGetValue(assignment, out var edited) ? edited : null;

    /// <summary>Says whether an assignment's own text has changed.</summary>
    public bool IsEdited(AssignmentSyntax assignment) => !_same.ContainsKey(assignment);

    /// <summary>Says whether the name of an inner type is one that a view could have.</summary>
    public static bool IsView((string Wanted, string Got) name) => IsView(name.Got.TrimEnd('_'));

    /// <summary>Returns everything besides its assignments that the linking of a module depends on.</summary>
    public static string Head(ModuleUnit unit)
    {
        var syntax = unit.Syntax;
        var head = new StringBuilder();
        head.Append(unit.Namespace).Append('\n').Append(syntax.Name).Append(Text(unit, syntax.Oid)).Append('\n').Append(syntax.TagDefault).Append(syntax.IsExtensibilityImplied).Append('\n');
        head.Append(unit.Source.Path).Append('\n').Append(unit.Relax).Append('\n');
        foreach (var symbol in syntax.Exports ?? [])
        {
            head.Append(symbol.Name).Append(' ');
        }

        head.Append(syntax.Exports is null ? "ALL" : string.Empty);
        foreach (var link in unit.Links)
        {
            head.Append('\n').Append(link.Syntax.Module).Append(Text(unit, link.Syntax.Oid)).Append(link.Syntax.Selection).Append('>').Append(link.Source?.Namespace).Append(':');
            foreach (var symbol in link.Syntax.Symbols)
            {
                head.Append(' ').Append(symbol.Name);
            }
        }

        return head.ToString();
    }

    private static string Text(ModuleUnit unit, SyntaxNode? node) => node is null ? string.Empty : unit.Source.Text.Substring(node.Span.Start, node.Span.Length);

    private bool Compare(LinkedModule then, ModuleUnit now)
    {
        var (before, after) = (then.Unit.Syntax, now.Syntax);
        if (then.Head != Head(now) || after.Assignments.Count != now.Assignments.Count)
        {
            return false;
        }

        if (ReferenceEquals(before, after))
        {
            foreach (var assignment in after.Assignments)
            {
                _same.Add(assignment, (assignment, then));
            }

            return true;
        }

        return CompareEdited(then, now) && IsNamedAsBefore(then.Unit, now);
    }

    private bool CompareEdited(LinkedModule then, ModuleUnit now)
    {
        var (before, after) = (then.Unit.Syntax.Assignments, now.Syntax.Assignments);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < before.Count; i++)
        {
            places[before[i].Name] = i;
        }

        // What directives stand at is seen from the whole text.
        var hasDirectives = then.Unit.Syntax.Directives.Count + now.Syntax.Directives.Count > 0;
        var taken = 0;
        for (var i = 0; i < after.Count; i++)
        {
            var isKnown = places.TryGetValue(after[i].Name, out var place);
            taken += isKnown ? 1 : 0;
            if (isKnown && !hasDirectives && IsSame(place, then.Unit, i, now))
            {
                _same.Add(after[i], (before[place], then));
                continue;
            }

            // Macros say how the rest is read.
            if (after[i] is MacroAssignmentSyntax || (isKnown && before[place] is MacroAssignmentSyntax))
            {
                return false;
            }

            _changed.Add(after[i].Name);
            if (isKnown)
            {
                _edited.Add(after[i], then.Assignments[before[place]]);
            }
        }

        return taken == before.Count || Removed(then, now);
    }

    private bool Removed(LinkedModule then, ModuleUnit now)
    {
        foreach (var old in then.Unit.Syntax.Assignments.Where(old => !now.Assignments.ContainsKey(old.Name)))
        {
            _changed.Add(old.Name);
            if (old is MacroAssignmentSyntax || then.Assignments[old].Hoisted.Any(IsView))
            {
                return false;
            }
        }

        return true;
    }

    // A name that comes or goes can change the C# names of others: of those that differ in a hyphen, and of views.
    private static bool IsNamedAsBefore(ModuleUnit then, ModuleUnit now) =>
        now.Syntax.Assignments.All(assignment => then.Assignments.ContainsKey(assignment.Name) ? then.TypeName(assignment.Name) == now.TypeName(assignment.Name) : !IsView(assignment.Name))
        && then.Syntax.Assignments.All(assignment => now.Assignments.ContainsKey(assignment.Name) || !IsView(assignment.Name));

    private static bool IsView(string name) => name.EndsWith("View", StringComparison.OrdinalIgnoreCase);

    // What stands between two assignments may be a comment on the last component of the first.
    private static bool IsSame(int place, ModuleUnit then, int index, ModuleUnit now)
    {
        var (old, assignment) = (then.Syntax.Assignments[place], now.Syntax.Assignments[index]);
        var (length, newLength) = (End(place, then.Syntax) - old.Span.Start, End(index, now.Syntax) - assignment.Span.Start);
        return old.GetType() == assignment.GetType() && old.Comment == assignment.Comment && length == newLength
            && string.CompareOrdinal(then.Source.Text, old.Span.Start, now.Source.Text, assignment.Span.Start, length) == 0;
    }

    private static int End(int index, ModuleSyntax module) => index + 1 < module.Assignments.Count ? module.Assignments[index + 1].Span.Start : module.Span.End;
}
