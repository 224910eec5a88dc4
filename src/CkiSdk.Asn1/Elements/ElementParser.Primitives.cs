using System.Buffers;

namespace CkiSdk.Asn1;

/// <content>Primitive types, and in BER strings in parts (X.690 8.6.4, 8.7.3, 8.23.6).</content>
internal sealed partial class ElementParser
{
    private static readonly byte[] NoUnusedBits = [0];

    private void ReadPrimitive(Element element, TypeDescriptor type, Frame frame)
    {
        var expected = type.Tags[^1];
        if (AtEnd(frame))
            Throw(DerErrorKind.UnexpectedEnd, _position, "unexpected end", $"expected {expected}");
        var header = ReadHeader(frame);
        var inParts = header.Tag != expected && _isBer && header.Tag.AsPrimitive() == expected && IsString(type.Kind);
        if (header.Tag != expected && !inParts)
            Throw(DerErrorKind.UnexpectedTag, header.Start, $"unexpected tag {header.Tag}", $"expected {expected}");
        element.Tag = expected;
        element.ContentStart = header.Content;
        var content = inParts ? Collect(header, type.Kind, frame) : Take(header);
        element.Content = _isBer ? BerContent.ToDer(type, content) : content;
        if (DerContent.Fault(type, element.Content.Span) is var (kind, detail))
            Throw(kind, header.Start, detail);
        if (type.Contained is { } contained)
            ReadContained(element, type, contained);
    }

    internal static bool IsString(TypeKind kind) => kind is TypeKind.BitString or TypeKind.OctetString or (>= TypeKind.ObjectDescriptor and <= TypeKind.GeneralizedTime);

    // What stands in the parts of a string, which may have parts themselves.
    private ReadOnlyMemory<byte> Collect(Header header, TypeKind kind, Frame frame)
    {
        var isBits = kind == TypeKind.BitString;
        var parts = new ArrayBufferWriter<byte>();
        if (isBits)
            parts.Write(NoUnusedBits);
        var unused = 0;
        Collect(header, isBits ? Tag.BitString : Tag.OctetString, UniversalTags.Of(kind) ?? Tag.OctetString, frame, parts, ref unused);
        var whole = parts.WrittenMemory.ToArray();
        if (isBits)
            whole[0] = (byte)unused;
        return whole;
    }

    private void Collect(Header header, Tag part, Tag own, Frame frame, ArrayBufferWriter<byte> parts, ref int unused)
    {
        var inner = Open(header, frame);
        while (!AtEnd(inner))
        {
            var next = ReadHeader(inner);
            Spend(next.Start);
            if (next.Tag.AsPrimitive() != part && next.Tag.AsPrimitive() != own)
                Throw(DerErrorKind.UnexpectedTag, next.Start, $"unexpected tag {next.Tag} in a string", $"expected {part}");
            if (next.Tag.IsConstructed)
            {
                Collect(next, part, own, inner, parts, ref unused);
                continue;
            }

            var content = Take(next).Span;
            if (part == Tag.BitString)
            {
                if (unused != 0 || content.IsEmpty || content[0] > 7 || (content.Length == 1 && content[0] != 0))
                    Throw(DerErrorKind.InvalidBitString, next.Start, "part of a BIT STRING with a wrong count of unused bits");
                unused = content[0];
                content = content[1..];
            }

            parts.Write(content);
        }

        Leave(inner);
    }

    private void CheckConstraint(Element element)
    {
        if (!AdmitsAnyValue && ConstraintCheck.Fault(element) is { } fault)
            Throw(DerErrorKind.ConstraintViolated, element.Start, fault);
    }
}
