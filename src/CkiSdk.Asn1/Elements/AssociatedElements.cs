using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace CkiSdk.Asn1;

/// <summary>Gives values of DURATION and EXTERNAL the form of their associated types, whose components constraints name (X.680 21.5, 37.5, 38.4.4).</summary>
internal static class AssociatedElements
{
    private const string Fraction = "fractional-part";

    private static readonly TypeDescriptor RealType = TypeDescriptor.Structure(TypeKind.Sequence, "", "REAL", -1, RealComponents, Tag.Sequence);

    private static readonly TypeDescriptor DurationType = TypeDescriptor.Structure(TypeKind.Sequence, "", "DURATION", -1, DurationComponents, Tag.Sequence);

    private static readonly SearchValues<byte> NumberOctets = SearchValues.Create("0123456789.,"u8);

    private static readonly string[] Units = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"];

    /// <summary>Returns the type whose components a constraint on a type names.</summary>
    internal static TypeDescriptor TypeOf(TypeDescriptor type) => type.Kind switch
    {
        TypeKind.Real => RealType,
        TypeKind.Duration => DurationType,
        TypeKind.External => EmbeddedPdv.Descriptor,
        _ => type,
    };

    /// <summary>Returns the components of a duration: those that it names.</summary>
    internal static Element OfDuration(ReadOnlySpan<byte> content)
    {
        var element = new Element(DurationType) { Tag = Tag.Sequence };
        var isTime = false;
        for (var start = 0; start < content.Length;)
        {
            if (content[start] == 'T')
            {
                (isTime, start) = (true, start + 1);
                continue;
            }

            var length = content[start..].IndexOfAnyExcept(NumberOctets);
            var number = Encoding.ASCII.GetString(content.Slice(start, length));
            var point = number.AsSpan().IndexOfAny('.', ',');
            element.Add(Number(DurationType, Unit(content[start + length], isTime), point < 0 ? number : number[..point]));
            if (point >= 0)
                element.Add(FractionOf(number[(point + 1)..]));
            start += length + 1;
        }

        return element;
    }

    /// <summary>Returns an EXTERNAL in the form of an EMBEDDED PDV; null where it names no syntax, or holds bits that are no octets.</summary>
    internal static Element? OfExternal(Element external)
    {
        var (direct, indirect, encoding) = (external.Find("direct-reference"), external.Find("indirect-reference"), external.Find("encoding"));
        if (Data(encoding!.Only) is not { } data || Identification(direct, indirect) is not { } identification)
            return null;
        var value = new EmbeddedPdv
        {
            Identification = identification,
            DataValueDescriptor = external.Find("data-value-descriptor") is { } text ? new ObjectDescriptor(CharacterStrings.Text(TypeKind.ObjectDescriptor, text.Content.Span)!) : default(ObjectDescriptor?),
            DataValue = data,
        };
        return new ElementParser(Der.Encode(value), isBer: true, External.Asn1Name) { AdmitsAnyValue = true }.ParseWhole(EmbeddedPdv.Descriptor);
    }

    private static PdvIdentification? Identification(Element? direct, Element? indirect) => (direct, indirect) switch
    {
        ({ } syntax, null) => new PdvIdentification.Syntax(ObjectIdentifier.FromEncoded(syntax.Content)),
        (null, { } context) => new PdvIdentification.PresentationContextId(new BigInteger(context.Content.Span, isBigEndian: true)),
        ({ } syntax, { } context) => new PdvIdentification.ContextNegotiation(new BigInteger(context.Content.Span, isBigEndian: true), ObjectIdentifier.FromEncoded(syntax.Content)),
        _ => null,
    };

    private static OctetString? Data(Element encoding) => encoding.Component!.Name switch
    {
        "single-ASN1-type" => new OctetString(ElementEncoder.Encode(encoding.Only)),
        "octet-aligned" => new OctetString(encoding.Content),
        _ => encoding.Content.Span[0] == 0 ? new OctetString(encoding.Content[1..]) : default(OctetString?),
    };

    private static string Unit(byte letter, bool isTime) => Units[(letter, isTime) switch
    {
        ((byte)'Y', _) => 0,
        ((byte)'M', false) => 1,
        ((byte)'W', _) => 2,
        ((byte)'D', _) => 3,
        ((byte)'H', _) => 4,
        ((byte)'M', true) => 5,
        _ => 6,
    }];

    private static Element FractionOf(string digits)
    {
        var component = DurationType.Components.Single(component => component.Name == Fraction);
        var element = new Element(component.Type) { Component = component, Tag = component.Type.Tags[^1] };
        element.Add(Number(component.Type, "number-of-digits", digits.Length.ToString(CultureInfo.InvariantCulture)));
        element.Add(Number(component.Type, "fractional-value", digits));
        return element;
    }

    private static Element Number(TypeDescriptor type, string name, string digits)
    {
        var component = type.Components.Single(component => component.Name == name);
        return Element.OfContent(component.Type, BigInteger.Parse(digits, CultureInfo.InvariantCulture).ToByteArray(isBigEndian: true), component);
    }

    private static ComponentDescriptor[] RealComponents() =>
    [
        new("mantissa", TypeDescriptor.Of(TypeKind.Integer, Tag.Context(0, false))),
        new("base", TypeDescriptor.Of(TypeKind.Integer, Tag.Context(1, false))),
        new("exponent", TypeDescriptor.Of(TypeKind.Integer, Tag.Context(2, false))),
    ];

    private static ComponentDescriptor[] DurationComponents() =>
    [
        .. Units.Select((name, index) => new ComponentDescriptor(name, TypeDescriptor.Of(TypeKind.Integer, Tag.Context(index, false))) { IsOptional = true }),
        new(Fraction, TypeDescriptor.Structure(TypeKind.Sequence, "", "", -1, static () =>
        [
            new("number-of-digits", TypeDescriptor.Of(TypeKind.Integer, Tag.Context(0, false))),
            new("fractional-value", TypeDescriptor.Of(TypeKind.Integer, Tag.Context(1, false))),
        ], Tag.Context(7, true))) { IsOptional = true },
    ];
}
