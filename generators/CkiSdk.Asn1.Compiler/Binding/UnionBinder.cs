using CkiSdk.Asn1.Compiler.Model;
using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Makes the unions of open types whose object is chosen by other components (X.682 10.7).</summary>
internal sealed class UnionBinder(Peeler peeler, RelationBinder relations, ObjectBinder objects, SelectorKeyBinder keys, ValueBinder values)
{
    /// <summary>Lists what an open type can stand in.</summary>
    public enum StringKind
    {
        /// <summary>In no string.</summary>
        None,

        /// <summary>In an OCTET STRING.</summary>
        Octets,

        /// <summary>In a BIT STRING.</summary>
        Bits,
    }

    /// <summary>Gets or sets what binds the types of the alternatives.</summary>
    public TypeBinder Types { get; set; } = null!;

    /// <summary>Gets or sets what keeps the models.</summary>
    public StructureBinder Structures { get; set; } = null!;

    /// <summary>Returns the use of an open type as a union; null where nothing chooses its type, or nothing is known that could be chosen.</summary>
    public TypeUse? Use(Peeled peeled, Place place, EquatableArray<TagModel> chain, StringKind container = StringKind.None)
    {
        if (peeled.Tables.FirstOrDefault(table => table.Paths.Count > 0) is not { } table || peeled.Field is not { } field || relations.Find(table) is not { } found)
        {
            return null;
        }

        var fields = found.Select(relation => SelectorField(relation, table)).ToList();
        var rows = Rows(table, fields, found, field);
        if (rows.Count == 0)
        {
            return null;
        }

        var name = place.Unit.Hoist(place.Name);
        var alternatives = Alternatives(rows, fields, place, name, container);
        var isOpen = table.Set.IsOpen || rows.Count < table.Set.Objects.Count || alternatives.Count < rows.Count;
        var notation = NotationText.OneLine(table.Scope.Unit.Source, table.Span);
        Structures.Add(place.Unit, new UnionModel(
            place.Unit.Syntax.Name, place.Unit.Namespace, name, name, place.Doc(hoisted: true),
            new EquatableArray<SelectorModel>(AlternativeNames.Distinct(found.Select(relation => relation.Model))),
            new EquatableArray<UnionAlternativeModel>(alternatives), isOpen, container != StringKind.None, notation)
        { IsBits = container == StringKind.Bits });
        var fullName = $"global::{place.Unit.Namespace}.{name}";
        return new TypeUse(fullName, false, new UnionCore(fullName, new EquatableArray<SelectorPath>(found.Select(relation => relation.Path))), chain, null);
    }

    /// <summary>Returns the use of an OCTET STRING or BIT STRING that contains such an open type (X.682 11); null for any other.</summary>
    public TypeUse? Contained(Peeled peeled, Place place, EquatableArray<TagModel> chain)
    {
        foreach (var (constraint, scope) in peeled.Constraints)
        {
            if (constraint.Root is ContentsConstraintSyntax { Type: { } type } contents && IsDer(contents.EncodedBy, scope)
                && peeler.Peel(type, scope) is { Base: ClassFieldTypeSyntax, Tags.Count: 0 } inner
                && Use(inner, place, default, peeled.Base is BitStringTypeSyntax ? StringKind.Bits : StringKind.Octets) is { } use)
            {
                return new TypeUse(use.CSharpType, false, new ContainedCore(peeled.Base is BitStringTypeSyntax, use), chain, null);
            }
        }

        return null;
    }

    /// <summary>Says whether the rules that ENCODED BY names give DER: those of the whole, DER itself, BER or CER with what DER writes.</summary>
    public bool IsDer(ValueSyntax? encodedBy, Scope scope) =>
        encodedBy is null || values.ObjectIdentifier(encodedBy, scope) is "2.1.1" or "2.1.2.0" or "2.1.2.1";

    /// <summary>Returns the objects that have all keys, each combination of keys once.</summary>
    private List<Row> Rows(Table table, List<string?> fields, IReadOnlyList<Relation> found, ClassFieldTypeSyntax field)
    {
        var (rows, known) = (new List<Row>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var item in table.Set.Objects)
        {
            var own = fields.Zip(found, (name, relation) => name is null ? null : keys.Key(item, name, relation)).OfType<SelectorKeyModel>().ToList();
            if (own.Count == found.Count && known.Add(string.Join("\n", own.Select(key => key.Expression))))
            {
                rows.Add(new Row(item, own, objects.Settings([item], field.Fields, out _).FirstOrDefault()));
            }
        }

        return rows;
    }

    private List<UnionAlternativeModel> Alternatives(List<Row> rows, List<string?> fields, Place place, string name, StringKind container)
    {
        var names = AlternativeNames.Of([.. rows.Select(row => (row.Object.Name ?? KeyName(row.Object, fields), row.Type, KeyText(row.Keys)))], name);
        var alternatives = new List<UnionAlternativeModel>();
        for (var i = 0; i < rows.Count; i++)
        {
            var (item, own, setting) = rows[i];
            var use = setting?.Syntax.Type is { } type ? Types.Use(type, setting.Scope, place with { Name = name + names[i] }) : null;

            // Without a type a string contains what it likes.
            if (use is not null || (setting is null && container == StringKind.None))
            {
                alternatives.Add(new UnionAlternativeModel(names[i], item.Name, new EquatableArray<SelectorKeyModel>(own), use));
            }
        }

        return alternatives;
    }

    /// <summary>The component's type says which field of the objects it is; where it does not, the identifier field is meant.</summary>
    private string? SelectorField(Relation relation, Table table)
    {
        var peeled = peeler.Peel(relation.Type, relation.Scope);
        for (var step = 0; step < 50 && peeled is not null; step++)
        {
            if (peeled.Field is { Fields.Count: 1 } field)
            {
                return field.Fields[0];
            }

            peeled = peeled.Target is { Assignment: TypeAssignmentSyntax assignment } target ? peeler.Peel(assignment.Type, target.Unit.Scope) : null;
        }

        return table.Set.Objects.Select(item => item.Class.Syntax.Fields.FirstOrDefault(member => member.IsUnique)?.Name).FirstOrDefault();
    }

    /// <summary>An object without a name is often told by the name of its identifier.</summary>
    private static string? KeyName(InformationObject item, List<string?> fields) =>
        fields.Count == 1 && item.Setting(fields[0]!)?.Syntax.Value is ReferenceValueSyntax { Fields.Count: 0 } reference ? reference.Name : null;

    private static string KeyText(IEnumerable<SelectorKeyModel> keys) =>
        string.Join("_", keys.Select(key => key.ObjectIdentifier ?? key.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty));

    /// <summary>Is an object of the set, with its keys and what it has in the field of the open type.</summary>
    private sealed record Row(InformationObject Object, List<SelectorKeyModel> Keys, Argument? Type);
}
