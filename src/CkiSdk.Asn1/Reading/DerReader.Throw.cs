using System.Diagnostics.CodeAnalysis;

namespace CkiSdk.Asn1;

/// <content>Failures, out of the way of what succeeds.</content>
public ref partial struct DerReader
{
    /// <summary>Refuses the next element.</summary>
    /// <param name="expected">What was expected instead.</param>
    /// <exception cref="DerException">Always: an unexpected tag, or an unexpected end if there is no next element.</exception>
    [DoesNotReturn]
    public readonly void ThrowUnexpectedTag(string expected)
    {
        if (!HasData)
            ThrowMissing(expected);
        ThrowAt(DerErrorKind.UnexpectedTag, _position, $"unexpected tag {PeekTag()}", $"expected {expected}");
    }

    /// <summary>Refuses the octets at <see cref="Position"/>.</summary>
    /// <param name="kind">The rule that was broken.</param>
    /// <param name="detail">What was found, without offset and full stop.</param>
    /// <exception cref="DerException">Always.</exception>
    [DoesNotReturn]
    public readonly void Throw(DerErrorKind kind, string detail) => ThrowAt(kind, _position, detail);

    /// <summary>Refuses octets that were read already.</summary>
    /// <param name="kind">The rule that was broken.</param>
    /// <param name="detail">What was found, without offset and full stop.</param>
    /// <param name="offset">The <see cref="Position"/> before they were read.</param>
    /// <exception cref="DerException">Always.</exception>
    [DoesNotReturn]
    public readonly void Throw(DerErrorKind kind, string detail, int offset) => ThrowAt(kind, offset, detail);

    [DoesNotReturn]
    private readonly void ThrowAt(DerErrorKind kind, int offset, string detail, string hint = "") =>
        throw new DerException(kind, offset, _path?.Render(_depth) ?? "", detail, hint);

    [DoesNotReturn]
    private readonly void ThrowMissing(string expected) =>
        ThrowAt(DerErrorKind.UnexpectedEnd, _position, "unexpected end", $"expected {expected}");

    [DoesNotReturn]
    private readonly void ThrowUnexpectedTag(Tag found, Tag expected)
    {
        var form = found.AsPrimitive() != expected.AsPrimitive() ? "" : found.IsConstructed ? " in constructed form" : " in primitive form";
        ThrowAt(
            DerErrorKind.UnexpectedTag,
            _position,
            $"unexpected tag {found}{form}",
            $"expected {expected}{(form.Length > 0 ? " in the other form" : "")}");
    }

    [DoesNotReturn]
    private readonly void ThrowTooDeep(int offset) =>
        ThrowAt(DerErrorKind.TooDeep, offset, $"more than {_maxDepth} levels of nesting");

    [DoesNotReturn]
    private readonly void ThrowTooMany() =>
        ThrowAt(DerErrorKind.TooManyElements, _position, "more elements than the limit of the decoder");

    // What has the surplus octets is the element that was entered last, one segment above its components.
    [DoesNotReturn]
    private readonly void ThrowTrailing() => throw new DerException(
        DerErrorKind.TrailingData, _position, _path?.Render(Math.Max(_depth - 1, 0)) ?? "", $"{_end - _position} octets too many");
}
