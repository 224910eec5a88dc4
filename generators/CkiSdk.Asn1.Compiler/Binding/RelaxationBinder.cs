using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Finds what decoders are told to admit: by <c>--! relax Name</c> on a type or component, or by the metadata <c>Relax="Type.component=Name"</c> of the file.</summary>
internal sealed class RelaxationBinder(Peeler peeler, Reporter reporter)
{
    private const int MostDepth = 50;

    private readonly Dictionary<(SyntaxNode, string), Relaxations> _relaxations = new(PlaceComparer.Instance);

    /// <summary>Reads what a module and its metadata say.</summary>
    public void Read(ModuleUnit unit)
    {
        if (unit.Syntax.Directives.Count == 0 && unit.Relax.Length == 0)
        {
            return;
        }

        var targets = new RelaxationTargets(unit);
        foreach (var directive in unit.Syntax.Directives)
        {
            var words = directive.Text.Split([' ', '\t', '\r', '\n', ','], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || words[0] != "relax")
            {
                Error(unit, directive.Span, "a directive says 'relax' and what");
                continue;
            }

            foreach (var name in words.Skip(1))
            {
                Add(unit, targets.Find(directive), name, directive.Span, "the directive stands at no type and no component");
            }
        }

        foreach (var entry in unit.Relax.Split([';', ','], StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Trim()).Where(entry => entry.Length > 0))
        {
            var parts = entry.Split('=');
            var path = parts[0].Trim();
            path = path.StartsWith(unit.Syntax.Name + ".", StringComparison.Ordinal) ? path.Substring(unit.Syntax.Name.Length + 1) : path;
            Add(unit, targets.Find(path), parts.Length == 2 ? parts[1].Trim() : string.Empty, unit.Syntax.NameSpan, $"Relax=\"{entry}\": the module has no type or component {path}");
        }
    }

    /// <summary>Returns what a type assignment or a component is to admit.</summary>
    public Relaxations Of(SyntaxNode node) => _relaxations.TryGetValue((node, string.Empty), out var relaxations) ? relaxations : Relaxations.None;

    private void Add(ModuleUnit unit, SyntaxNode? target, string name, TextSpan span, string nowhere)
    {
        if (!Enum.TryParse<Relaxations>(name, out var relaxation) || relaxation == Relaxations.None || !Enum.IsDefined(typeof(Relaxations), relaxation) || char.IsDigit(name[0]))
        {
            Error(unit, span, $"there is no relaxation '{name}', only UntrimmedNamedBits, UnsortedSetOf, ConstraintViolated and DefaultEncoded");
            return;
        }

        if (target is null)
        {
            Error(unit, span, nowhere);
            return;
        }

        var (type, what) = target is NamedComponentSyntax component ? (component.Type, component.Name) : (((TypeAssignmentSyntax)target).Type, ((TypeAssignmentSyntax)target).Name);
        var isPossible = relaxation == Relaxations.DefaultEncoded ? target is NamedComponentSyntax { Default: not null } : (Possible(type, unit.Scope, 0) & relaxation) != Relaxations.None;
        if (!isPossible)
        {
            Error(unit, span, $"{name} changes nothing for {what}{(relaxation == Relaxations.DefaultEncoded ? ", which has no DEFAULT" : Reference(type, unit))}");
            return;
        }

        _relaxations[(target, string.Empty)] = Of(target) | relaxation;
    }

    private string Reference(TypeSyntax type, ModuleUnit unit) =>
        peeler.Peel(type, unit.Scope)?.Target is { } named ? $": relax the type {named.Assignment.Name}" : string.Empty;

    /// <summary>A type by name has its own rules; a list hands on to its elements.</summary>
    private Relaxations Possible(TypeSyntax type, Scope scope, int depth)
    {
        if (depth > MostDepth || peeler.Peel(type, scope) is not { } peeled)
        {
            return Relaxations.None;
        }

        var constrained = peeled.Constraints.Count > 0 ? Relaxations.ConstraintViolated : Relaxations.None;
        return peeled.Target is not null ? constrained : constrained | peeled.Base switch
        {
            BitStringTypeSyntax { Names.Count: > 0 } => Relaxations.UntrimmedNamedBits,
            SequenceOfTypeSyntax list => Possible(list.Element, peeled.Scope, depth + 1) | (list.IsSet ? Relaxations.UnsortedSetOf : Relaxations.None),
            _ => Relaxations.None,
        };
    }

    private void Error(ModuleUnit unit, TextSpan span, string message) => reporter.Error(DiagnosticCodes.WrongRelaxation, unit, span, message);
}
