namespace CkiSdk.Asn1.Modules.Tests.Generated;

/// <summary>Makes an object of what a view reads.</summary>
/// <typeparam name="T">The type of the view.</typeparam>
internal delegate object ViewConversion<T>(T view)
    where T : allows ref struct;

/// <summary>Makes objects of the views of the runtime.</summary>
internal static class ViewConversions
{
    public static object Of(ReadOnlySpan<byte> view) => new OctetString(view.ToArray());

    public static object Of(IntegerView view) => view.ToInteger();

    public static object Of(BitStringView view) => view.ToBitString();

    public static object Of(ObjectIdentifierView view) => view.ToObjectIdentifier();

    public static object Of(RelativeOidView view) => view.ToRelativeOid();

    public static object Of(OctetStringView view) => new OctetString(view.Octets.ToArray());

    public static object Of(AnyView view) => view.ToValue();

    public static object Of(SetAdditionsView view)
    {
        var additions = new List<object>();
        foreach (var addition in view)
        {
            additions.Add(addition.ToValue());
        }

        return additions;
    }

    public static object Of(BooleanView view) => view.Value;

    public static object Of(Int32View view) => view.Value;

    public static object Of(Int64View view) => view.Value;

    public static object Of(NullView view) => view.Value;

    public static object Of(RealView view) => view.Value;

    public static object Of(UtcTimeView view) => view.Value;

    public static object Of(GeneralizedTimeView view) => view.Value;

    public static object OfString<T>(StringView<T> view)
        where T : struct, ICharacterString<T> => view.ToValue();

    public static object OfEnumerated<T>(EnumeratedView<T> view)
        where T : struct, Enum => view.Value;

    public static object OfList<T>(ListView<T> view, ViewConversion<T> element)
        where T : IElementView<T>, allows ref struct
    {
        var items = new List<object>();
        foreach (var item in view)
        {
            items.Add(element(item));
        }

        Assert.Equal(items.Count, view.Count);
        return items;
    }
}
