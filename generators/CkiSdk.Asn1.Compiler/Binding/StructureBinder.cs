using CkiSdk.Asn1.Compiler.Diagnostics;
using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Makes the models of types that have braces: SEQUENCE, SET, CHOICE, ENUMERATED, and those with named numbers or bits.</summary>
internal sealed class StructureBinder(Peeler peeler, TagBinder tags, TypeBinder types, DefaultBinder defaults, ValueBinder values, TagChecker checker, Reporter reporter)
{
    /// <summary>Gets the models made so far, by module.</summary>
    public Dictionary<ModuleUnit, List<TypeModel>> Models { get; } = [];

    /// <summary>Makes the model of a type under the place's name.</summary>
    /// <param name="peeled">The type.</param>
    /// <param name="place">Its name and module.</param>
    /// <param name="own">The tags that the generated type takes itself.</param>
    /// <param name="hoisted">Whether it is an inner type without a name in the module.</param>
    public void Declare(Peeled peeled, Place place, IReadOnlyList<TagModel> own, bool hoisted)
    {
        var asn1Name = hoisted ? place.Name : place.Assignment.Name;
        var (module, space, doc) = (place.Unit.Syntax.Name, place.Unit.Namespace, place.Doc(hoisted));
        var chain = new EquatableArray<TagModel>(own);
        TypeModel? model = null;
        switch (peeled.Base)
        {
            case SequenceTypeSyntax sequence:
                var (components, unknownAt) = Sequence(sequence, peeled.Scope, place);
                model = new RecordModel(module, space, asn1Name, place.Name, doc, components, chain, unknownAt);
                break;
            case ChoiceTypeSyntax choice:
                var alternatives = new EquatableArray<ComponentModel>(Members(choice.Alternatives, peeled.Scope, place));
                checker.CheckChoice(alternatives, peeled.Scope.Unit, choice.Span);
                model = new ChoiceModel(module, space, asn1Name, place.Name, doc, alternatives, chain, IsExtensible(choice.Alternatives, peeled.Scope));
                break;
            case EnumeratedTypeSyntax enumerated:
                var items = Numbers([.. enumerated.Root, .. enumerated.Additional], peeled.Scope, place.Name, true);
                model = new EnumModel(module, space, asn1Name, place.Name, doc, items, chain, enumerated.IsExtensible);
                break;
            case IntegerTypeSyntax integer:
                model = new WrapperModel(module, space, asn1Name, place.Name, doc, types.Integer(peeled, chain), Numbers(integer.Names, peeled.Scope, place.Name, false));
                break;
            case BitStringTypeSyntax bits:
                var method = bits.Names.Count > 0 ? "NamedBitString" : "BitString";
                model = new WrapperModel(module, space, asn1Name, place.Name, doc, TypeBinder.Runtime("BitString", method, chain, null), Numbers(bits.Names, peeled.Scope, place.Name, false));
                break;
        }

        if (model is not null)
        {
            Add(place.Unit, model);
        }
    }

    /// <summary>Adds a model.</summary>
    public void Add(ModuleUnit unit, TypeModel model)
    {
        if (!Models.TryGetValue(unit, out var list))
        {
            Models.Add(unit, list = []);
        }

        list.Add(model);
    }

    private (EquatableArray<ComponentModel> Components, int? UnknownAt) Sequence(SequenceTypeSyntax sequence, Scope scope, Place place)
    {
        var members = Members(sequence.Components, scope, place);
        int? unknownAt = null;
        if (IsExtensible(sequence.Components, scope))
        {
            unknownAt = AdditionsEnd(sequence.Components) is { } end && !sequence.IsSet ? end : members.Count;
        }

        // X.690 10.3: the components of a SET are encoded in the order of their tags.
        var ordered = sequence.IsSet ? members.OrderBy(member => member.StartTags.Count > 0 ? member.StartTags.Min() : default).ToList() : members;
        var result = new EquatableArray<ComponentModel>(ordered);
        checker.CheckSequence(result, sequence.IsSet, scope.Unit, sequence.Span);
        return (result, unknownAt);
    }

    private List<ComponentModel> Members(IReadOnlyList<ComponentSyntax> entries, Scope scope, Place place)
    {
        var result = new List<ComponentModel>();
        var additions = Additions(entries);
        foreach (var (component, automatic, from) in Expand(entries, scope, 0))
        {
            if (Member(component, automatic, from, place, additions.Contains(component)) is { } member)
            {
                result.Add(result.Any(other => other.Name == member.Name) ? Duplicate(member, component, from) : member);
            }
        }

        return result;
    }

    private ComponentModel Duplicate(ComponentModel member, NamedComponentSyntax component, Scope scope)
    {
        reporter.Error(DiagnosticCodes.DuplicateName, scope.Unit, component.Span, $"there are two components {member.Asn1Name}");
        return member with { Name = member.Name + "_" };
    }

    private IEnumerable<(NamedComponentSyntax Component, int? Automatic, Scope Scope)> Expand(IReadOnlyList<ComponentSyntax> entries, Scope scope, int depth)
    {
        var automatic = Components.Named(entries, scope).ToDictionary(pair => pair.Component, pair => pair.AutomaticTag);
        foreach (var entry in Components.Flatten(entries))
        {
            if (entry is NamedComponentSyntax named)
            {
                yield return (named, automatic[named], scope);
            }
            else if (entry is ComponentsOfSyntax componentsOf)
            {
                var definition = depth < 50 ? peeler.Definition(componentsOf.Type, scope) : null;
                if (definition?.Base is not SequenceTypeSyntax inner)
                {
                    reporter.Error(DiagnosticCodes.WrongKind, scope.Unit, componentsOf.Span, "COMPONENTS OF needs a SEQUENCE or SET");
                    continue;
                }

                foreach (var taken in Expand([.. inner.Components.TakeWhile(c => c is not ExtensionMarkerSyntax)], definition.Scope, depth + 1))
                {
                    yield return taken;
                }
            }
        }
    }

    private ComponentModel? Member(NamedComponentSyntax component, int? automatic, Scope scope, Place place, bool isAddition)
    {
        var asn1Name = component.Name ?? UnnamedName(component.Type);
        var use = types.Use(component.Type, scope, place.Inner(asn1Name));
        if (use is null || peeler.Peel(component.Type, scope) is not { } peeled)
        {
            return null;
        }

        var chain = use.Tags.ToList();
        if (automatic is { } number)
        {
            TagBinder.Apply(chain, TagModelClass.Context, number, true);
            use = use with { Tags = new EquatableArray<TagModel>(chain) };
        }

        var starts = new EquatableArray<TagModel>(tags.Starts(peeled, chain));
        var value = component.Default is null ? null : defaults.Expression(component.Default, component.Type, scope, use);
        var keeps = component.Type is TypeReferenceSyntax dummy && scope.Definition?.Name == "SIGNED" && scope.Find(dummy.Name) is not null;
        return new ComponentModel(
            asn1Name, Names.Member(asn1Name, place.Name), use, component.IsOptional || (isAddition && value is null), value, starts, keeps, component.Comment);
    }

    /// <summary>Names an unnamed component (X.208) after its type.</summary>
    private static string UnnamedName(TypeSyntax type) => type switch
    {
        TypeReferenceSyntax reference => reference.Name,
        TaggedTypeSyntax tagged => UnnamedName(tagged.Type),
        ConstrainedTypeSyntax constrained => UnnamedName(constrained.Type),
        ChoiceTypeSyntax => "choice",
        SequenceTypeSyntax { IsSet: true } => "set",
        SequenceTypeSyntax => "sequence",
        BuiltinTypeSyntax builtin => builtin.Name.ToLowerInvariant().Replace(' ', '-'),
        IntegerTypeSyntax => "integer",
        _ => "value",
    };

    private EquatableArray<NamedNumberModel> Numbers(IReadOnlyList<NamedNumberSyntax> names, Scope scope, string typeName, bool enumerated)
    {
        var given = names.Where(name => name.Value is not null).ToDictionary(name => name, name => values.Number(name.Value!, scope));
        var used = new HashSet<long>(given.Values.Where(number => number is not null).Select(number => (long)number!.Value));
        var result = new List<NamedNumberModel>();
        long next = 0;
        foreach (var name in names)
        {
            long number;
            if (given.TryGetValue(name, out var value))
            {
                if (value is null || value > int.MaxValue || value < int.MinValue)
                {
                    reporter.Error(DiagnosticCodes.WrongValue, scope.Unit, name.Span, $"the number of {name.Name} is no number that this version compiles");
                    continue;
                }

                number = (long)value.Value;
            }
            else
            {
                // X.680 20.3: items without a number take the lowest numbers that no other item has.
                while (enumerated && used.Contains(next))
                {
                    next++;
                }

                number = next;
                used.Add(number);
            }

            if (result.Any(other => other.Asn1Name == name.Name || (enumerated && other.Value == number)))
            {
                reporter.Error(DiagnosticCodes.DuplicateName, scope.Unit, name.Span, $"the name or number of {name.Name} is already used");
                continue;
            }

            result.Add(new NamedNumberModel(name.Name, Names.Member(name.Name, typeName), number));
        }

        return new EquatableArray<NamedNumberModel>(result);
    }

    private static bool IsExtensible(IReadOnlyList<ComponentSyntax> entries, Scope scope) =>
        entries.OfType<ExtensionMarkerSyntax>().Any() || scope.Unit.Syntax.IsExtensibilityImplied;

    /// <summary>Returns the entries between the markers: decoders of older versions do not know them, so they may be absent.</summary>
    private static HashSet<NamedComponentSyntax> Additions(IReadOnlyList<ComponentSyntax> entries)
    {
        var between = entries.SkipWhile(entry => entry is not ExtensionMarkerSyntax).Skip(1).TakeWhile(entry => entry is not ExtensionMarkerSyntax);
        return [.. Components.Flatten(between).OfType<NamedComponentSyntax>()];
    }

    private static int? AdditionsEnd(IReadOnlyList<ComponentSyntax> entries)
    {
        var markers = entries.Select((entry, index) => (entry, index)).Where(pair => pair.entry is ExtensionMarkerSyntax).ToList();
        return markers.Count == 2 ? Components.Flatten(entries.Take(markers[1].index)).OfType<NamedComponentSyntax>().Count() : null;
    }
}
