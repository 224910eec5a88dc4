using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Asn1;

/// <summary>Reads octets as a value of a described type: strict DER, or BER.</summary>
/// <remarks>It reads every octet once, also where lengths are indefinite: the end of an element is found by reading what is in it.</remarks>
internal sealed partial class ElementParser
{
    private const int MostElements = 1 << 20;

    private readonly ReadOnlyMemory<byte> _memory;
    private readonly DerLimits _limits;
    private readonly bool _isBer;
    private readonly ElementPath _path;
    private readonly SelectorScope _selectors;
    private int _position;
    private int _depth;
    private int _spent;

    /// <summary>Starts at the first octet.</summary>
    /// <param name="octets">The input.</param>
    /// <param name="isBer">Whether all forms of BER are read and turned into those of DER.</param>
    /// <param name="root">The name of the type, for paths.</param>
    /// <param name="limits">What is admitted; null for <see cref="DerLimits.Default"/>.</param>
    /// <param name="selectors">What is known of selectors outside; null for nothing.</param>
    internal ElementParser(ReadOnlyMemory<byte> octets, bool isBer, string root, DerLimits? limits = null, SelectorScope? selectors = null)
    {
        _selectors = selectors ?? new SelectorScope();
        _memory = octets;
        _isBer = isBer;
        _limits = limits ?? DerLimits.Default;
        _path = new ElementPath(root);
        if (octets.Length > _limits.MaxLength)
            Throw(DerErrorKind.TooLarge, 0, $"{octets.Length} octets are more than the limit of {_limits.MaxLength}");
    }

    // A tree takes many times the room of the smallest elements: fewer of them are admitted than would fit into the input.
    private void Spend(int offset)
    {
        if (++_spent > Math.Max(Input.Length / 4, MostElements))
            Throw(DerErrorKind.TooLarge, offset, "too many elements");
    }

    /// <summary>Gets a value indicating whether values outside of their constraints are read, too, as the defaults of published modules are at times.</summary>
    internal bool AdmitsAnyValue { get; init; }

    private ReadOnlySpan<byte> Input => _memory.Span;

    /// <summary>Reads the whole input as one value.</summary>
    /// <param name="type">The type; null for an element of any tag.</param>
    internal Element ParseWhole(TypeDescriptor? type)
    {
        var frame = new Frame(Input.Length, false);
        var element = Read(type, null, frame);
        if (_position != Input.Length)
            Throw(DerErrorKind.TrailingData, _position, $"{Input.Length - _position} octets too many");
        return element;
    }

    /// <summary>Reads the whole input as elements of any tag, one behind the other.</summary>
    internal List<Element> ParseSeries()
    {
        var frame = new Frame(Input.Length, false);
        var elements = new List<Element>();
        while (!AtEnd(frame))
            elements.Add(Read(null, null, frame));
        return elements;
    }

    private Element Read(TypeDescriptor? type, ComponentDescriptor? component, Frame frame)
    {
        Spend(_position);
        var element = new Element(type) { Component = component, Start = _position };
        if (type is null)
        {
            ReadUntyped(element, frame);
            element.End = _position;
            return element;
        }

        var wrappers = element.Wrappers;
        Span<Frame> outer = wrappers <= 4 ? stackalloc Frame[4] : new Frame[wrappers];
        var inner = frame;
        for (var i = 0; i < wrappers; i++)
            inner = outer[i] = Enter(type.Tags[i], inner);
        element.CoreStart = _position;
        var levels = _selectors.Enter(type);
        ReadCore(element, type, inner, levels);
        _selectors.Pop(levels);
        for (var i = wrappers - 1; i >= 0; i--)
            Leave(outer[i]);
        element.End = _position;
        CheckConstraint(element);
        return element;
    }

    private void ReadCore(Element element, TypeDescriptor type, Frame frame, int levels)
    {
        switch (type.Kind)
        {
            case TypeKind.Any:
                element.ContentStart = _position;
                ReadOpen(element, type, frame);
                break;
            case TypeKind.Choice:
                element.ContentStart = _position;
                ReadAlternative(element, type, frame);
                break;
            case TypeKind.SequenceOf or TypeKind.SetOf:
                element.Tag = type.Tags[^1];
                ReadList(element, type, Enter(type.Tags[^1], frame, element));
                break;
            case var _ when type.IsStructure:
                element.Tag = type.Tags[^1];
                ReadStructure(element, type, Enter(type.Tags[^1], frame, element), levels);
                break;
            default:
                ReadPrimitive(element, type, frame);
                break;
        }
    }

    private void ReadAlternative(Element element, TypeDescriptor type, Frame frame)
    {
        if (AtEnd(frame))
            Throw(DerErrorKind.UnexpectedEnd, _position, "unexpected end", $"expected {type}");
        var tag = PeekTag(frame);
        var alternative = Choose(type.Components, tag);
        if (alternative is null && !type.IsExtensible)
            Throw(DerErrorKind.UnexpectedTag, _position, $"unexpected tag {tag}", $"expected {type}");
        if (alternative is not null)
            _path.Push(alternative.Name);
        element.Add(Read(alternative?.Type, alternative, frame));
        if (alternative is not null)
            _path.Pop();
    }

    private ComponentDescriptor? Choose(IReadOnlyList<ComponentDescriptor> components, Tag tag)
    {
        ComponentDescriptor? any = null;
        foreach (var component in components)
        {
            if (!component.Type.StartsWithAny && component.Type.Matches(tag, _isBer))
                return component;
            any ??= component.Type.StartsWithAny ? component : null;
        }

        return any;
    }

    private void ReadList(Element element, TypeDescriptor type, Frame frame)
    {
        var ordered = type.Kind == TypeKind.SetOf && !_isBer && !type.AdmitsAnyOrder;
        var previous = ReadOnlySpan<byte>.Empty;
        for (var i = 0; !AtEnd(frame); i++)
        {
            _path.Push(i);
            var item = Read(type.Element, null, frame);
            var current = Input[item.Start..item.End];
            if (ordered && previous.SequenceCompareTo(current) > 0)
                Throw(DerErrorKind.NotInSetOrder, item.Start, "SET OF with elements out of order");
            previous = current;
            element.Add(item);
            _path.Pop();
        }

        Leave(frame);
    }

    // Only the forms of BER are undone that show without a type: what DER admits here stays as it is.
    private void ReadUntyped(Element element, Frame frame)
    {
        var header = ReadHeader(frame);
        (element.Tag, element.CoreStart, element.ContentStart) = (header.Tag, header.Start, header.Content);
        if (_isBer && header.Tag.Class == TagClass.Universal && StringKind(header.Tag.Number) is { } kind && header.Tag.IsConstructed)
        {
            element.Tag = header.Tag.AsPrimitive();
            element.Content = Collect(header, kind, frame);
            return;
        }

        if (!header.Tag.HasItsForm)
            Throw(DerErrorKind.UnexpectedTag, header.Start, $"unexpected {(header.Tag.IsConstructed ? "constructed" : "primitive")} form of {header.Tag}");
        if (!header.Tag.IsConstructed)
        {
            element.Content = Take(header);
            return;
        }

        var inner = Open(header, frame);
        while (!AtEnd(inner))
            element.Add(Read(null, null, inner));
        Leave(inner);
    }

    private static TypeKind? StringKind(int number) => number is 3 or 4 or 7 or 12 or (>= 18 and <= 28) or 30
        ? ContentText.Universal(new Tag(TagClass.Universal, number, constructed: false)) : null;

    [DoesNotReturn]
    private void Throw(DerErrorKind kind, int offset, string detail, string hint = "") =>
        throw new DerException(kind, offset, _path.ToString(), detail, hint);
}
