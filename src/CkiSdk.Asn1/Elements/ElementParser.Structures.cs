namespace CkiSdk.Asn1;

/// <content>SEQUENCE and SET: which component the next element is, and what may be absent or unknown.</content>
internal sealed partial class ElementParser
{
    private void ReadStructure(Element element, TypeDescriptor type, Frame frame, int levels)
    {
        _selectors.Push(element, levels);
        if (type.Kind == TypeKind.Set)
            ReadSet(element, type, frame);
        else
            ReadSequence(element, type, frame);
        CheckGroups(element, type);
        Leave(frame);
        ReadAgain(element, type);
        _selectors.Pop(1);
    }

    // What stands before the value that decides of it is read again when that is known.
    private void ReadAgain(Element element, TypeDescriptor type)
    {
        var children = element.Children;
        for (var i = 0; i < children.Count; i++)
        {
            if (children[i].Component is not { } component || !IsBeforeSelector(component, element, i))
                continue;
            var position = _position;
            _position = children[i].Start;
            _path.Push(component.Name);
            var read = Read(component.Type, component, new Frame(children[i].End, false));
            _path.Pop();
            _position = position;
            element.Replace([.. children.Take(i), read, .. children.Skip(i + 1)]);
            children = element.Children;
        }
    }

    private static bool IsBeforeSelector(ComponentDescriptor component, Element structure, int index)
    {
        var type = component.Type;
        while (type.IsList && type.Selectors.Count == 0)
            type = type.Element!;
        foreach (var path in type.Contained?.Selectors ?? type.Selectors)
        {
            for (var later = index + 1; path.Parameter is null && later < structure.Children.Count; later++)
            {
                if (structure.Children[later].Component?.Name == path.Steps[0])
                    return true;
            }
        }

        return false;
    }

    private void ReadSequence(Element element, TypeDescriptor type, Frame frame)
    {
        var components = type.Components;
        for (var i = 0; i <= components.Count; i++)
        {
            if (type.UnknownAt == i)
            {
                while (!AtEnd(frame) && !CanFollow(components, i, PeekTag(frame)))
                    element.Add(Read(null, null, frame));
            }

            if (i == components.Count)
                break;
            var component = components[i];
            if (component.MayBeAbsent && (AtEnd(frame) || !component.Type.Matches(PeekTag(frame), _isBer)))
                continue;
            AddComponent(element, component, frame);
        }
    }

    // The components that can come next: up to the first that must be there.
    private bool CanFollow(IReadOnlyList<ComponentDescriptor> components, int index, Tag tag)
    {
        for (; index < components.Count; index++)
        {
            if (components[index].Type.Matches(tag, _isBer))
                return true;
            if (!components[index].MayBeAbsent)
                return false;
        }

        return false;
    }

    private void CheckGroups(Element element, TypeDescriptor type)
    {
        if (ExtensionGroup.Missing(element, type) is { } missing)
            Throw(DerErrorKind.MissingComponent, _position, $"{missing} is missing where another component of its extension addition group is there");
    }

    private void ReadSet(Element element, TypeDescriptor type, Frame frame)
    {
        Tag? previous = null;
        while (!AtEnd(frame))
        {
            var tag = PeekTag(frame);
            if (!_isBer && previous == tag)
                Throw(DerErrorKind.DuplicateComponent, _position, $"component {tag} of a SET a second time");
            if (!_isBer && previous is { } before && ElementOrder.Compare(before, tag) > 0)
                Throw(DerErrorKind.NotInSetOrder, _position, $"component {tag} of a SET after {before}");
            previous = tag;
            var component = Choose(type.Components, tag);
            if (component is null && !type.IsExtensible)
                Throw(DerErrorKind.UnexpectedTag, _position, $"unexpected tag {tag}", $"expected a component of {type}");
            if (component is null)
            {
                element.Add(Read(null, null, frame));
                continue;
            }

            if (element.Find(component.Name) is not null)
                Throw(DerErrorKind.DuplicateComponent, _position, $"{component.Name} a second time");
            AddComponent(element, component, frame);
        }

        foreach (var component in type.Components)
        {
            if (!component.MayBeAbsent && element.Find(component.Name) is null)
                Throw(DerErrorKind.MissingComponent, _position, $"{component.Name} is missing");
        }
    }

    private void AddComponent(Element element, ComponentDescriptor component, Frame frame)
    {
        _path.Push(component.Name);
        var child = Read(component.Type, component, frame);
        if (!_isBer && component is { Default.IsEmpty: false, AdmitsEncodedDefault: false } && Input[child.Start..child.End].SequenceEqual(component.Default.Span))
            Throw(DerErrorKind.DefaultEncoded, child.Start, $"{component.Name} has its default value");
        element.Add(child);
        _path.Pop();
    }

    private void ReadOpen(Element element, TypeDescriptor type, Frame frame)
    {
        if (AtEnd(frame))
            Throw(DerErrorKind.UnexpectedEnd, _position, "unexpected end", "expected an element");
        var (known, fault) = _selectors.Resolve(type);
        if (fault is not null)
            Throw(DerErrorKind.ConstraintViolated, _position, fault);
        element.Add(Read(known, null, frame));
    }

    private void ReadContained(Element element, TypeDescriptor type, TypeDescriptor contained)
    {
        var isOpen = contained.OpenType is not null;
        var (known, fault) = isOpen ? _selectors.Resolve(contained) : new SelectorScope.Answer(contained, null);
        if (fault is not null)
            Throw(DerErrorKind.ConstraintViolated, element.CoreStart, fault);
        if (known is null)
            return;
        var skipped = type.Kind == TypeKind.BitString ? 1 : 0;
        if (skipped > 0 && (element.Content.IsEmpty || element.Content.Span[0] != 0))
            Throw(DerErrorKind.InvalidBitString, element.CoreStart, "BIT STRING that contains no whole octets");
        if (_isBer)
        {
            var inner = new ElementParser(element.Content[skipped..], isBer: true, _path.ToString(), _limits, _selectors).ParseWhole(known);
            element.Add(inner);
            var der = ElementEncoder.Encode(inner);
            element.Content = skipped > 0 ? (byte[])[0, .. der] : der;
            return;
        }

        var after = _position;
        _position = element.ContentStart + skipped;
        var end = _position + element.Content.Length - skipped;
        if (_depth++ >= _limits.MaxDepth)
            Throw(DerErrorKind.TooDeep, element.CoreStart, $"more than {_limits.MaxDepth} levels of nesting");
        element.Add(Read(known, null, new Frame(end, false)));
        if (_position != end)
            Throw(DerErrorKind.TrailingData, _position, $"{end - _position} octets too many");
        _depth--;
        _position = after;
    }
}
