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

    // What only throws and says so by its last statement, the compiler knows never to return, and keeps out of the way.
    [DoesNotReturn]
    private readonly void ThrowAt(DerErrorKind kind, int offset, string detail, string hint = "") => throw At(kind, offset, detail, hint);

    private readonly DerException At(DerErrorKind kind, int offset, string detail, string hint = "") =>
        new(kind, offset, _path?.Render(_depth) ?? "", detail, hint);

    [DoesNotReturn]
    private readonly void ThrowMissing(string expected) => throw At(DerErrorKind.UnexpectedEnd, _position, "unexpected end", $"expected {expected}");

    [DoesNotReturn]
    private readonly void ThrowUnexpectedTag(Tag found, Tag expected)
    {
        var form = found.AsPrimitive() != expected.AsPrimitive() ? "" : found.IsConstructed ? " in constructed form" : " in primitive form";
        throw At(
            DerErrorKind.UnexpectedTag,
            _position,
            $"unexpected tag {found}{form}",
            $"expected {expected}{(form.Length > 0 ? " in the other form" : "")}");
    }

    [DoesNotReturn]
    private readonly void ThrowForm(Tag tag, int offset) =>
        throw At(DerErrorKind.UnexpectedTag, offset, $"unexpected {(tag.IsConstructed ? "constructed" : "primitive")} form of {tag}");

    [DoesNotReturn]
    private readonly void ThrowTooLong(int limit) => throw At(DerErrorKind.TooLarge, 0, $"{_input.Length} octets are more than the limit of {limit}");

    [DoesNotReturn]
    private readonly void ThrowTooDeep(int offset) => throw At(DerErrorKind.TooDeep, offset, $"more than {_maxDepth} levels of nesting");

    [DoesNotReturn]
    private readonly void ThrowTooMany() => throw At(DerErrorKind.TooManyElements, _position, "more elements than the limit of the decoder");

    // What has the surplus octets is the element that was entered last, one segment above its components.
    [DoesNotReturn]
    private readonly void ThrowTrailing() => throw new DerException(
        DerErrorKind.TrailingData, _position, _path?.Render(Math.Max(_depth - 1, 0)) ?? "", $"{_end - _position} octets too many");

    [DoesNotReturn]
    private readonly void ThrowSubidentifiers(string type, int octets) => throw (octets > Subidentifiers.MostOctets
        ? At(DerErrorKind.TooLarge, _position, $"{type} of more than {Subidentifiers.MostOctets} octets")
        : At(DerErrorKind.InvalidObjectIdentifier, _position, $"malformed {type}"));

    [DoesNotReturn]
    private readonly void ThrowAlphabet<T>()
        where T : struct, ICharacterString<T> => throw At(DerErrorKind.InvalidString, _position, $"{T.TypeName} with a character that is none of its alphabet");

    [DoesNotReturn]
    private static void ThrowMark(int mark) => throw new ArgumentOutOfRangeException(nameof(mark), mark, "The mark is none that Enter gave.");
}
