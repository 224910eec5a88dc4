using System.Globalization;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Emit;

/// <summary>Writes the <c>ref struct</c> beside a type that reads it where it lies.</summary>
internal static class ViewEmitter
{
    private const string Octets = "global::System.ReadOnlySpan<byte>";
    private const string Element = Runtime.Prefix + "ViewElement.";

    /// <summary>Writes the view of a SEQUENCE or SET.</summary>
    public static void Record(SourceWriter writer, RecordModel type)
    {
        if (type.Parameters.Count > 0)
        {
            return;
        }

        var names = Open(writer, type, type.Tags.Count);
        for (var i = 0; i < type.Components.Count; i++)
        {
            Component(writer, type.Components[i], i, names);
        }

        if (type.UnknownAt is { } unknownAt)
        {
            DocEmitter.Summary(writer, "Gets the extension additions that the module does not know.");
            writer.Line(type.IsOrderedByTag
                ? $"public {Runtime.Prefix}SetAdditionsView UnknownExtensions => new({Element}Strip(_element, {Number(type.Tags.Count)}), _Components);"
                : $"public {Runtime.Prefix}ListView<{Runtime.Prefix}AnyView> UnknownExtensions => {Element}Unknown({Element}Strip(_element, {Number(type.Tags.Count)}), _Components, {Number(unknownAt)});").Line();
        }

        ViewTable.Emit(writer, "_Components", type.Components, areComponents: true);
        if (type.IsOrderedByTag)
        {
            writer.Line($"private {Octets} _Find(int component) => {Element}FindInSet({Element}Strip(_element, {Number(type.Tags.Count)}), _Components, component);").Close();
            return;
        }

        var at = type.UnknownAt is { } before && before < type.Components.Count ? $", {Number(before)}" : string.Empty;
        writer.Line($"private {Octets} _Find(int component) => {Element}Find({Element}Strip(_element, {Number(type.Tags.Count)}), _Components, component{at});").Close();
    }

    /// <summary>Writes the view of a CHOICE.</summary>
    public static void Choice(SourceWriter writer, ChoiceModel type)
    {
        if (type.Parameters.Count > 0)
        {
            return;
        }

        var names = Open(writer, type, type.Tags.Count);
        names.UnionWith(["Alternative", "Kind"]);
        var count = type.Alternatives.Count;
        DocEmitter.Summary(writer, $"Lists the alternatives of {type.Asn1Name}.");
        writer.Open("public enum Alternative");
        foreach (var alternative in type.Alternatives)
        {
            DocEmitter.Summary(writer, $"The alternative {alternative.Asn1Name}.");
            writer.Line($"{alternative.Name},").Line();
        }

        if (type.IsExtensible)
        {
            DocEmitter.Summary(writer, "An alternative that the module does not know.");
            writer.Line("UnknownAlternative,");
        }

        writer.Close().Line();
        DocEmitter.Summary(writer, "Gets which alternative this is.");
        writer.Line($"public Alternative Kind => (Alternative){Element}Choose({Element}Strip(_element, {Number(type.Tags.Count)}), _Alternatives);").Line();
        for (var i = 0; i < count; i++)
        {
            var alternative = type.Alternatives[i];
            var access = ViewAccess.Of(alternative.Use);
            DocEmitter.Summary(writer, alternative.Comment ?? $"Gets the value of the alternative {alternative.Asn1Name}.");
            Throws(writer, "This is another alternative.");
            writer.Line($"public {access.Type} {Free(alternative.Name, names)} => {Read(access, $"_Choose({Number(i)}, {Runtime.Literal(alternative.Asn1Name)})")};").Line();
        }

        if (type.IsExtensible)
        {
            DocEmitter.Summary(writer, "Gets the whole element of an alternative that the module does not know.");
            Throws(writer, "This is an alternative that it knows.");
            writer.Line($"public {Runtime.Prefix}AnyView UnknownAlternative => {Runtime.Prefix}AnyView.Wrap(_Choose({Number(count)}, \"...\"));").Line();
        }

        ViewTable.Emit(writer, "_Alternatives", type.Alternatives, areComponents: false);
        writer.Open($"private {Octets} _Choose(int alternative, string name)").Line($"var element = {Element}Strip(_element, {Number(type.Tags.Count)});");
        writer.Line($"{Element}Chosen({Element}Choose(element, _Alternatives) == alternative, name);").Line("return element;").Close().Close();
    }

    /// <summary>Writes the view of a struct around another type.</summary>
    public static void Wrapper(SourceWriter writer, WrapperModel type, string property)
    {
        if (type.Parameters.Count > 0)
        {
            return;
        }

        var access = ViewAccess.Of(type.Use);
        Open(writer, type, type.Use.Tags.Count);
        DocEmitter.Summary(writer, "Gets the value.");
        writer.Line($"public {access.Type} Value => {Read(access, "_element")};").Line();
        DocEmitter.Summary(writer, "Returns the value.");
        writer.Line($"public static implicit operator {access.Type}({Simple(type)} view) => view.Value;").Line();
        if (type.Use.Core is ListCore)
        {
            DocEmitter.Summary(writer, "Counts the elements, in time proportional to their number.");
            writer.Line("public int Count => Value.Count;").Line();
            DocEmitter.Summary(writer, "Enumerates the elements.");
            writer.Line($"public {access.Type}.Enumerator GetEnumerator() => Value.GetEnumerator();").Line();
        }
        else if (type.Names.Count > 0)
        {
            var bits = type.Use.Core is RuntimeCore { Method: "NamedBitString" };
            DocEmitter.Summary(writer, bits ? "Says whether all of the given bits are set." : "Says whether this is the given value.");
            writer.Line($"public bool {(bits ? "Has" : "Is")}({type.FullName} value) => {(bits ? $"Value.Contains(value.{property})" : $"Value == value.{property}")};").Line();
        }

        writer.Close();
    }

    private static string Simple(TypeModel type) => type.View.Substring(type.View.LastIndexOf('.') + 1);

    /// <summary>Opens the struct and writes the members that all views have; returns the names that are taken.</summary>
    private static HashSet<string> Open(SourceWriter writer, TypeModel type, int tags)
    {
        var (self, view) = (type.FullName, Simple(type));
        writer.Line();
        DocEmitter.Summary(writer, $"Reads {type.Asn1Name} where it lies, validated as a whole and without an allocation.");
        writer.Open($"public readonly ref struct {view} : {Runtime.Prefix}IDerView<{view}>");
        writer.Line($"private readonly {Octets} _element;").Line();
        writer.Line($"private {view}({Octets} element) => _element = element;").Line();
        DocEmitter.Summary(writer, "Gets the name of the type in its module.");
        writer.Line($"public static string Asn1Name => {Runtime.Literal(type.Asn1Name)};").Line();
        DocEmitter.Summary(writer, "Gets the octets: identifier, length and content.");
        writer.Line($"public {Octets} Encoded => _element;").Line();
        DocEmitter.Summary(writer, $"Validates the DER encoding of one {type.Asn1Name}, all that decoding checks, and lays the view over it; nothing may follow it.");
        writer.Line($"/// <exception cref=\"{Runtime.Prefix}DerException\">The octets are no DER encoding of the type.</exception>");
        writer.Line($"public static {view} Decode({Octets} der, {Runtime.Prefix}DerLimits? limits = null) => {Runtime.Prefix}Der.DecodeView<{view}>(der, limits);").Line();
        writer.Line($"static {view} {Runtime.Prefix}IElementView<{view}>.Wrap({Octets} element) => new(element);").Line();
        writer.Line($"static void {Runtime.Prefix}IDerView<{view}>.Validate(ref {Runtime.Prefix}DerReader reader) => {self}.Validate(ref reader);").Line();
        DocEmitter.Summary(writer, "Copies the octets and decodes them.");
        writer.Line($"public {self} ToRecord() => {Runtime.Prefix}Der.ToRecord(Asn1Name, _element, static (ref {Runtime.Prefix}DerReader reader) => {self}.Decode(ref reader{(tags > 0 ? ", reader.PeekTag()" : string.Empty)}));").Line();
        return [view, "Asn1Name", "Encoded", "Decode", "ToRecord", "Equals", "GetHashCode", "GetType", "ToString"];
    }

    private static void Component(SourceWriter writer, ComponentModel component, int index, HashSet<string> names)
    {
        var access = ViewAccess.Of(component.Use);
        var found = $"_Find({Number(index)})";
        var name = Free(component.Name, names);
        if (component.IsOptional)
        {
            DocEmitter.Summary(writer, $"Says whether the component {component.Asn1Name} is present.");
            writer.Line($"public bool {Free("Has" + component.Name, names)} => !{found}.IsEmpty;").Line();
        }

        DocEmitter.Summary(writer, component.Comment ?? $"Gets the component {component.Asn1Name}.");
        if (component.IsOptional)
        {
            Throws(writer, "It is absent.");
            writer.Line($"public {access.Type} {name} => {Read(access, $"{Element}Present({found}, {Runtime.Literal(component.Asn1Name)})")};").Line();
        }
        else if (component.Default is { } value)
        {
            var other = access.IsNumber ? value : Read(access, $"_Default{Number(index)}");
            writer.Line($"public {access.Type} {name} => {found} is {{ IsEmpty: false }} found ? {Read(access, "found")} : {other};").Line();
            DefaultOctets(writer, component, index, access);
        }
        else
        {
            writer.Line($"public {access.Type} {name} => {Read(access, found)};").Line();
        }

        if (component.KeepsOctets)
        {
            DocEmitter.Summary(writer, $"Gets the DER octets of {component.Asn1Name}, which the signature covers.");
            writer.Line($"public {Octets} {Free(component.Name + "Encoded", names)} => {found};").Line();
        }
    }

    private static void DefaultOctets(SourceWriter writer, ComponentModel component, int index, ViewAccess access)
    {
        if (access.IsNumber)
        {
            return;
        }

        writer.Line($"private static readonly byte[] _Default{Number(index)} = global::System.Convert.FromHexString(\"{component.DefaultDer}\");").Line();
    }

    private static void Throws(SourceWriter writer, string when) =>
        writer.Line($"/// <exception cref=\"global::System.InvalidOperationException\">{when}</exception>");

    private static string Read(ViewAccess access, string octets) => access.Expression.Replace("{0}", octets);

    /// <summary>A name that the view has for itself gets an underscore.</summary>
    private static string Free(string name, HashSet<string> names)
    {
        while (!names.Add(name))
        {
            name += "_";
        }

        return name;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
