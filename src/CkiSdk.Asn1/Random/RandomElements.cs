namespace CkiSdk.Asn1;

/// <summary>Makes values with parts by chance; those without are left to <see cref="RandomContent"/>.</summary>
internal sealed class RandomElements(System.Random random, int size, bool withAdditions)
{
    private const int UsualDepth = 8;
    private const int MostTries = 60;
    private const int Endless = 1_000_000;

    private readonly Dictionary<TypeDescriptor, int> _heights = new(ReferenceEqualityComparer.Instance);
    private readonly RandomContent _content = new(random, size);
    private readonly SelectorScope _selectors = new();
    private readonly List<(List<string> Steps, ReadOnlyMemory<byte> Content)> _demands = [];
    private int _left = 50 + (40 * size);
    private int _depth;

    private bool IsTight => _depth > UsualDepth || _left <= 0;

    /// <summary>Makes a value of a type.</summary>
    internal Element Make(TypeDescriptor type, ComponentDescriptor? component = null)
    {
        Element element;
        var tries = 0;
        do
            element = MakeOnce(type, component);
        while (ConstraintCheck.Fault(element) is not null && ++tries < MostTries);
        return element;
    }

    private Element MakeOnce(TypeDescriptor type, ComponentDescriptor? component)
    {
        _left--;
        if (++_depth > 200)
            throw new InvalidOperationException($"{type} has no value that ends.");
        var element = new Element(type) { Component = component };
        if (element.HasOwnTag)
            element.Tag = type.Tags[^1];
        var leaves = ConstraintLeaves.Of(type, random);
        if (element.IsConstructed && leaves.Single is Constraint.Value single)
        {
            _depth--;
            return Element.OfContent(type, single.Content, component);
        }

        if (type.Kind == TypeKind.External && leaves.HasParts)
        {
            _depth--;
            return RandomExternal.Make(type, component, associated => Make(associated));
        }

        var levels = _selectors.Enter(type);
        switch (type.Kind)
        {
            case TypeKind.Any:
                element.Add(_selectors.Resolve(type).Type is { } known ? Make(known) : _content.Untyped(2));
                break;
            case TypeKind.Choice:
                Alternative(element, type, leaves);
                break;
            case TypeKind.SequenceOf or TypeKind.SetOf:
                List(element, type, leaves);
                break;
            case var _ when type.IsStructure:
                Structure(element, type, leaves, levels);
                break;
            default:
                element.Content = Content(type, leaves);
                break;
        }

        _selectors.Pop(levels);

        _depth--;
        return element;
    }

    private ReadOnlyMemory<byte> Content(TypeDescriptor type, ConstraintLeaves leaves)
    {
        var demand = _demands.FindIndex(demand => demand.Steps.Count == 0);
        if (demand >= 0)
        {
            var content = _demands[demand].Content;
            _demands.RemoveAt(demand);
            return content;
        }

        var contained = type.Contained is { OpenType: not null } open ? _selectors.Resolve(open).Type : type.Contained;
        return contained is null ? _content.Make(type, leaves) : Contained(type, contained);
    }

    private ReadOnlyMemory<byte> Contained(TypeDescriptor type, TypeDescriptor contained)
    {
        var der = ElementEncoder.Encode(Make(contained));
        return type.Kind == TypeKind.BitString ? (byte[])[0, .. der] : der;
    }

    private void Alternative(Element element, TypeDescriptor type, ConstraintLeaves leaves)
    {
        var alternatives = type.Components.Where(leaves.MayBeThere).ToList();
        if (alternatives.Any(leaves.MustBeThere))
            alternatives = [.. alternatives.Where(leaves.MustBeThere)];
        if (alternatives.Count == 0)
            throw new InvalidOperationException($"{type} permits no alternative.");
        var demanded = alternatives.Find(alternative => _demands.Exists(demand => demand.Steps.Count > 0 && demand.Steps[0] == alternative.Name));
        foreach (var demand in _demands.Where(demand => demand.Steps.Count > 0 && demand.Steps[0] == demanded?.Name))
            demand.Steps.RemoveAt(0);
        var chosen = demanded ?? alternatives[random.Next(alternatives.Count)];
        if ((IsTight || Height(chosen.Type, 0) >= Endless) && demanded is null)
            chosen = alternatives.MinBy(alternative => Height(alternative.Type, 0))!;
        element.Add(Make(leaves.TypeOf(chosen), chosen));
    }

    private void List(Element element, TypeDescriptor type, ConstraintLeaves leaves)
    {
        var least = (int)(leaves.Sizes.Minimum ?? 0);
        var room = IsTight || Height(type.Element!, 0) >= Endless ? 0 : random.Next(3) == 0 ? size : Math.Min(size, 3);
        var most = (int)System.Numerics.BigInteger.Min(leaves.Sizes.Maximum ?? int.MaxValue, least + room);
        var count = least > most ? least : random.Next(least, most + 1);
        for (var i = 0; i < count; i++)
            element.Add(Make(leaves.ElementOf(type.Element!)));
    }

    private void Structure(Element element, TypeDescriptor type, ConstraintLeaves leaves, int levels)
    {
        _selectors.Push(element, levels);
        var demands = OpenTypeChoice.Make(type, random);
        var made = new Dictionary<string, Element>(StringComparer.Ordinal);

        var groups = new Dictionary<int, bool>();

        // What decides of open types is made before them, wherever it stands.
        foreach (var component in type.Components.OrderBy(component => component.Type.DependsOnSelectors))
        {
            var inner = demands.Where(demand => demand.Steps[0] == component.Name).Select(demand => (demand.Steps.Skip(1).ToList(), demand.Content)).ToList();
            if (component.Group > 0 && !(groups.TryGetValue(component.Group, out var chosen) ? chosen : groups[component.Group] = IsGroupThere(type, component.Group, leaves, [.. demands.Select(demand => demand.Steps[0])])))
                continue;
            if (!component.IsRequiredInGroup && !IsThere(component, leaves, inner.Count > 0))
                continue;
            _demands.AddRange(inner);
            var child = Make(leaves.TypeOf(component), component);
            _demands.Clear();
            made.Add(component.Name, child);
            element.Add(child);
        }

        _selectors.Pop(1);
        var children = new List<Element>();
        for (var i = 0; i <= type.Components.Count; i++)
        {
            if (withAdditions && type.UnknownAt == i && !IsTight && random.Next(8) == 0)
                children.Add(_content.Addition());
            if (i < type.Components.Count && made.TryGetValue(type.Components[i].Name, out var child))
                children.Add(child);
        }

        element.Replace(children);
    }

    // An extension addition group is there as a whole or not at all.
    private bool IsGroupThere(TypeDescriptor type, int group, ConstraintLeaves leaves, IReadOnlyList<string> demands)
    {
        var members = type.Components.Where(component => component.Group == group).ToList();
        if (members.Exists(member => leaves.MustBeThere(member) || demands.Contains(member.Name)))
            return true;
        return !IsTight && random.Next(2) == 0 && members.TrueForAll(member => !member.IsRequiredInGroup || (leaves.MayBeThere(member) && Height(member.Type, 0) < Endless));
    }

    private bool IsThere(ComponentDescriptor component, ConstraintLeaves leaves, bool isSelector)
    {
        if (!leaves.MayBeThere(component) || (component.MayBeAbsent && component.Type.OpenType is not null && _selectors.Resolve(component.Type).Fault is not null))
            return false;
        if (!component.MayBeAbsent || leaves.MustBeThere(component) || isSelector)
            return true;
        return !IsTight && Height(component.Type, 0) < Endless && random.Next(2) == 0;
    }

    // The least number of levels that a value has; a type that is being measured counts as endless.
    private int Height(TypeDescriptor type, int depth)
    {
        if (depth > 100)
            return Endless;
        var origin = type;
        while (origin.Base is { } inner)
            origin = inner;
        if (_heights.TryGetValue(origin, out var known))
            return known;
        _heights[origin] = Endless;
        var height = origin.Kind switch
        {
            TypeKind.Choice => origin.Components.Count == 0 ? Endless : origin.Components.Min(alternative => Height(alternative.Type, depth + 1)),
            _ when origin.IsStructure => origin.Components.Where(component => !component.MayBeAbsent).Select(component => Height(component.Type, depth + 1)).DefaultIfEmpty(0).Max(),
            _ when origin.IsList && ConstraintBounds.Of(type, ConstraintBounds.Sizes).Minimum > 0 => Height(origin.Element!, depth + 1),
            _ => 0,
        };
        _heights.Remove(origin);
        if (height < Endless)
            _heights[origin] = height + 1;
        return Math.Min(height + 1, Endless);
    }
}
