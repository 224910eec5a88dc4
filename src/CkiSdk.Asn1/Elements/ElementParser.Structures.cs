namespace CkiSdk.Asn1;

/// <content>SEQUENCE and SET: which component the next element is, and what may be absent or unknown.</content>
internal sealed partial class ElementParser
{
    private void ReadStructure(Element element, TypeDescriptor type, Frame frame)
    {
        _selectors.Push(element);
        if (type.Kind == TypeKind.Set)
            ReadSet(element, type, frame);
        else
            ReadSequence(element, type, frame);
        Leave(frame);
        _selectors.Pop();
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

    private void ReadSet(Element element, TypeDescriptor type, Frame frame)
    {
        Tag? previous = null;
        while (!AtEnd(frame))
        {
            var tag = PeekTag(frame);
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
        if (!_isBer && !component.Default.IsEmpty && Input[child.Start..child.End].SequenceEqual(component.Default.Span))
            Throw(DerErrorKind.DefaultEncoded, child.Start, $"{component.Name} has its default value");
        element.Add(child);
        _path.Pop();
    }

    private void ReadOpen(Element element, TypeDescriptor type, Frame frame)
    {
        if (AtEnd(frame))
            Throw(DerErrorKind.UnexpectedEnd, _position, "unexpected end", "expected an element");
        element.Add(Read(_selectors.Resolve(type), null, frame));
    }
}
