using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Checks what the standard asks of types beyond their syntax: numbers, extension markers, implicit tags.</summary>
internal sealed class TypeChecker(Peeler peeler, ClassBinder classes, ValueBinder values, Reporter reporter)
{
    private readonly NumberChecker _numbers = new(values, reporter);

    /// <summary>Checks all types of an assignment, those of parameterised definitions as far as they do not depend on the parameters.</summary>
    public void Check(ModuleUnit unit, AssignmentSyntax assignment)
    {
        foreach (var type in TypeWalk.Types(assignment))
        {
            Check(type, assignment, unit.Scope);
        }
    }

    private void Check(TypeSyntax type, AssignmentSyntax assignment, Scope scope)
    {
        switch (type)
        {
            case EnumeratedTypeSyntax enumerated:
                _numbers.Enumeration(enumerated, scope);
                break;
            case IntegerTypeSyntax integer:
                _numbers.Names(integer.Names, scope);
                break;
            case BitStringTypeSyntax bits:
                _numbers.Names(bits.Names, scope);
                break;
            case SequenceTypeSyntax sequence:
                Extensions(sequence.Components, scope);
                Automatic(sequence.Components, scope);
                DefinedBy(sequence.Components, scope);
                Included(sequence, assignment, scope);
                break;
            case InstanceOfTypeSyntax instance:
                Instance(instance, scope);
                break;
            case ChoiceTypeSyntax { Alternatives.Count: 0 } choice:
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, choice.Span, "a CHOICE has at least one alternative (X.680 29.1)");
                break;
            case ChoiceTypeSyntax choice:
                Extensions(choice.Alternatives, scope);
                Alternatives(choice.Alternatives, scope);
                Automatic(choice.Alternatives, scope);
                break;
            case TaggedTypeSyntax { Mode: "IMPLICIT" } tagged when assignment.Parameters.Count == 0:
                Implicit(tagged, scope);
                break;
        }
    }

    // X.680 25.1, 29.1: one marker, or two with the additions between them; brackets only there, their versions rising.
    private void Extensions(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        var markers = 0;
        ExtensionGroupSyntax? last = null;
        foreach (var entry in entries)
        {
            if (entry is ExtensionMarkerSyntax && ++markers > 2)
            {
                reporter.Error(DiagnosticCodes.WrongExtension, scope.Unit, entry.Span, "found a third extension marker, expected at most two");
            }

            if (entry is not ExtensionGroupSyntax group)
            {
                continue;
            }

            if (group.Version is { } version && values.Number(version, scope) < 2)
            {
                reporter.Warning(DiagnosticCodes.WrongExtension, scope.Unit, version.Span, "the number of version brackets is at least 2: the root is version 1");
            }

            if (markers != 1)
            {
                reporter.Error(DiagnosticCodes.WrongExtension, scope.Unit, entry.Span, "version brackets stand behind the extension marker and before a second one");
            }
            else if (last is not null && (group.Version is null) != (last.Version is null))
            {
                reporter.Error(DiagnosticCodes.WrongExtension, scope.Unit, entry.Span, "either all version brackets have a number or none has");
            }
            else if (last is not null && values.Number(group.Version!, scope) <= values.Number(last.Version!, scope))
            {
                reporter.Error(DiagnosticCodes.WrongExtension, scope.Unit, entry.Span, "the number of version brackets is not greater than that of the brackets before them");
            }

            last = group;
        }
    }

    // X.208 27.2; who reads the value finds no identifier there, but the octets are the same.
    private void DefinedBy(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        var all = Flat(entries).ToList();
        if (all.OfType<ComponentsOfSyntax>().Any())
        {
            return;
        }

        foreach (var component in all.OfType<NamedComponentSyntax>())
        {
            var type = component.Type;
            while (type is TaggedTypeSyntax tagged)
            {
                type = tagged.Type;
            }

            if (type is AnyTypeSyntax { DefinedBy: { } name } && !all.OfType<NamedComponentSyntax>().Any(other => other.Name == name && other != component))
            {
                reporter.Warning(DiagnosticCodes.UnknownRelation, scope.Unit, type.Span, $"DEFINED BY {name} names no component beside it");
            }
        }
    }

    // X.680 25.5, 27.2
    private void Included(SequenceTypeSyntax sequence, AssignmentSyntax assignment, Scope scope)
    {
        foreach (var included in Flat(sequence.Components).OfType<ComponentsOfSyntax>().Where(_ => assignment.Parameters.Count == 0))
        {
            if (peeler.Definition(included.Type, scope)?.Base is SequenceTypeSyntax other && other.IsSet != sequence.IsSet)
            {
                var (found, expected) = other.IsSet ? ("SET", "SEQUENCE") : ("SEQUENCE", "SET");
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, included.Span, $"COMPONENTS OF in a {expected} needs a {expected}, found a {found}");
            }
        }
    }

    // X.681 C.2
    private void Instance(InstanceOfTypeSyntax instance, Scope scope)
    {
        if (classes.Find(instance.Class, scope) is { } found && !ClassBinder.IsTypeIdentifier(found))
        {
            reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, instance.Class.Span, $"INSTANCE OF is for the class TYPE-IDENTIFIER, and {instance.Class.Name} is another one");
        }
    }

    // X.680 29.1
    private void Alternatives(IReadOnlyList<ComponentSyntax> alternatives, Scope scope)
    {
        foreach (var entry in Flat(alternatives))
        {
            if (entry is NamedComponentSyntax { IsOptional: true } or NamedComponentSyntax { Default: not null })
            {
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, entry.Span, "an alternative of a CHOICE is neither OPTIONAL nor has a DEFAULT");
            }
            else if (entry is ComponentsOfSyntax)
            {
                reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, entry.Span, "COMPONENTS OF stands in a SEQUENCE or SET, not in a CHOICE");
            }
        }
    }

    // X.680 25.7.2, 29.2: tags are automatic where no component of the root has one; then the additions may have none either.
    private void Automatic(IReadOnlyList<ComponentSyntax> entries, Scope scope)
    {
        if (scope.Unit.Syntax.TagDefault != "AUTOMATIC")
        {
            return;
        }

        var markers = 0;
        var (hasRootTag, additions) = (false, new List<NamedComponentSyntax>());
        foreach (var entry in Flat(entries))
        {
            markers += entry is ExtensionMarkerSyntax ? 1 : 0;
            if (entry is NamedComponentSyntax { Type: TaggedTypeSyntax } tagged)
            {
                hasRootTag |= markers != 1;
                additions.AddRange(markers == 1 ? [tagged] : []);
            }
        }

        if (!hasRootTag && additions.Count > 0 && Flat(entries).OfType<NamedComponentSyntax>().Any(component => !additions.Contains(component)))
        {
            reporter.Warning(
                DiagnosticCodes.DoubtfulTag, scope.Unit, additions[0].Span, "the components of the root would have automatic tags, but this addition has one of its own");
        }
    }

    // X.680 31.2.9: what has no tag of its own cannot have it replaced.
    private void Implicit(TaggedTypeSyntax tagged, Scope scope)
    {
        if (tagged.Type is TaggedTypeSyntax || peeler.Peel(tagged.Type, scope) is not { Tags.Count: 0 } peeled || !IsUntagged(peeled))
        {
            return;
        }

        reporter.Error(
            DiagnosticCodes.WrongTag, scope.Unit, tagged.Span, "an IMPLICIT tag cannot stand before a type without a tag of its own: a CHOICE or an open type");
    }

    private bool IsUntagged(Peeled peeled)
    {
        for (var step = 0; step < 50 && peeled.Target is { Assignment: TypeAssignmentSyntax definition } target; step++)
        {
            if (peeler.Peel(definition.Type, target.Unit.Scope) is not { Tags.Count: 0 } next)
            {
                return false;
            }

            peeled = next;
        }

        return peeled.Base is ChoiceTypeSyntax || classes.IsOpen(peeled);
    }

    private static IEnumerable<ComponentSyntax> Flat(IEnumerable<ComponentSyntax> entries) =>
        entries.SelectMany(entry => entry is ExtensionGroupSyntax group ? Flat(group.Components) : [entry]);
}
