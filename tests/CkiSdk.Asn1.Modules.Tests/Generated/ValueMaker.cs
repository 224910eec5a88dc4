using System.Collections.Concurrent;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Makes random values of generated types through their constructors and init properties, within their constraints.</summary>
/// <param name="random">Where the choices come from.</param>
/// <param name="size">How large a value may get, roughly.</param>
/// <param name="withUnknown">Whether what only later versions know may stand in extensible types.</param>
internal sealed class ValueMaker(Random random, int size, bool withUnknown = true)
{
    // Tags that no module uses, for what only later versions know.
    private const int UnknownTag = 500;

    private static readonly ConcurrentDictionary<string, bool> Described = new(StringComparer.Ordinal);
    private readonly PrimitiveMaker _primitives = new(random);
    private int _budget = 20 + (4 * size);

    /// <summary>Makes a value.</summary>
    public object Make(GeneratedType type) => Make(type.Model, type.Type, null);

    private bool MayGrow => _budget > 0;

    private object Make(TypeModel model, Type type, ConstraintModel? constraint)
    {
        _budget--;
        if (Described.GetOrAdd(model.FullName, _ => IsDescribed(model)))
        {
            var der = RandomValue.Encode(GeneratedTypes.Get(type).Descriptor, random, Math.Clamp(_budget, 0, 12), withUnknown);
            _budget -= der.Length / 8;
            return GeneratedTypes.Get(type).Codec.Decode(der);
        }

        return model switch
        {
            RecordModel record => Record(record, type),
            ChoiceModel choice => Choice(choice, type),
            EnumModel items => Enum.ToObject(type, items.IsExtensible && withUnknown && random.Next(4) == 0 ? 77 : (int)items.Items[random.Next(items.Items.Count)].Value),
            WrapperModel wrapper => Wrapper(wrapper, type, constraint),
            _ => throw new InvalidOperationException(model.GetType().Name),
        };
    }

    // What of a value decides of another, and sets of values with gaps: only the descriptor knows how to meet them.
    private static bool IsDescribed(TypeModel model) => Parts(model).Any(IsDescribed) || HasGaps(model.Constraint);

    private static IEnumerable<TypeUse> Parts(TypeModel model) => model switch
    {
        RecordModel record => record.Components.Select(component => component.Use),
        ChoiceModel choice => choice.Alternatives.Select(alternative => alternative.Use),
        WrapperModel wrapper => [wrapper.Use],
        _ => [],
    };

    private static bool IsDescribed(TypeUse use) => HasGaps(use.Constraint) || use.Core switch
    {
        UnionCore or GeneratedCore { Selectors.Count: > 0 } or RuntimeCore { Method: "InstanceOf" } => true,
        ListCore list => IsDescribed(list.Element),
        ContainedCore contained => IsDescribed(contained.Inner),
        _ => false,
    };

    private static bool HasGaps(ConstraintModel? constraint) => constraint?.Node is UnionNode or ExceptNode or WithComponentsNode or WithComponentNode
        or SingleValueNode { Value: OidNode } || (constraint?.Node is IntersectionNode both && both.Operands.Any(operand => operand is UnionNode or ExceptNode));

    private object Record(RecordModel model, Type type)
    {
        var value = Activator.CreateInstance(type)!;
        foreach (var component in model.Components)
        {
            var isAbsent = component.IsOptional || component.Default is not null ? !MayGrow || random.Next(2) == 0 : false;
            if (!isAbsent)
            {
                var property = type.GetProperty(component.Name)!;
                property.SetValue(value, Use(component.Use, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
            }
        }

        if (model.UnknownAt is not null && withUnknown && MayGrow && random.Next(3) == 0)
        {
            var unknown = Enumerable.Range(0, random.Next(1, 3)).Select(_ => _primitives.Tagged(UnknownTag)).ToArray();
            type.GetProperty("UnknownExtensions")!.SetValue(value, (SequenceOf<AnyValue>)unknown);
        }

        return value;
    }

    private object Choice(ChoiceModel model, Type type)
    {
        if (model.IsExtensible && withUnknown && random.Next(6) == 0)
        {
            return Activator.CreateInstance(type.GetNestedType("UnknownAlternative")!, _primitives.Tagged(UnknownTag))!;
        }

        // With the budget spent, an alternative without types of its own inside ends a recursion.
        var least = model.Alternatives.Min(alternative => Weight(alternative.Use));
        var alternatives = model.Alternatives.Where(alternative => MayGrow || Weight(alternative.Use) == least).ToArray();
        var chosen = alternatives[random.Next(alternatives.Length)];
        var constructor = type.GetNestedType(chosen.Name)!.GetConstructors().Single();
        return constructor.Invoke([Use(chosen.Use, constructor.GetParameters()[0].ParameterType)]);
    }

    private static int Weight(TypeUse use) => use.Core switch
    {
        GeneratedCore => 1,
        ListCore => PrimitiveMaker.Sizes(use.Constraint, 1).Least > 0 ? 2 : 0,
        _ => 0,
    };

    private object Wrapper(WrapperModel model, Type type, ConstraintModel? constraint)
    {
        var use = constraint is null ? model.Use
            : model.Use.Constraint is not { } own ? model.Use with { Constraint = constraint }
            : model.Use with { Constraint = new ConstraintModel(new IntersectionNode(new([own.Node, constraint.Node])), own.Notation + constraint.Notation) };
        return Activator.CreateInstance(type, Use(use, type.GetProperty("Value")!.PropertyType))!;
    }

    private object Use(TypeUse use, Type type) => use.Core switch
    {
        RuntimeCore core => _primitives.Make(core.Method, type, use.Constraint),
        AnyCore => _primitives.Any(),
        GeneratedCore => Make(GeneratedTypes.Get(type).Model, type, use.Constraint),
        ListCore list => List(list, type, use.Constraint),
        _ => throw new InvalidOperationException(use.Core.GetType().Name),
    };

    private object List(ListCore list, Type type, ConstraintModel? constraint)
    {
        var (least, most) = PrimitiveMaker.Sizes(constraint, 3);
        var items = Array.CreateInstance(type.GenericTypeArguments[0], MayGrow ? random.Next(least, most + 1) : least);
        for (var i = 0; i < items.Length; i++)
        {
            items.SetValue(Use(list.Element, type.GenericTypeArguments[0]), i);
        }

        return type.GetMethod("op_Implicit", [items.GetType()])!.Invoke(null, [items])!;
    }
}
