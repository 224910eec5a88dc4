namespace CkiSdk.Asn1;

/// <summary>Is one way to meet the constraints of a type: of each union one operand was chosen.</summary>
internal sealed class ConstraintLeaves
{
    private readonly System.Random _random;
    private readonly List<Constraint> _leaves = [];

    private ConstraintLeaves(System.Random random) => _random = random;

    /// <summary>Gets the bounds of the numbers.</summary>
    internal ConstraintBounds Numbers => Narrow(_leaves.OfType<Constraint.Range>());

    /// <summary>Gets the bounds of the sizes.</summary>
    internal ConstraintBounds Sizes
    {
        get
        {
            var sizes = new ConstraintLeaves(_random);
            foreach (var size in _leaves.OfType<Constraint.Size>())
                sizes.Add(size.Sizes);
            return sizes.Numbers;
        }
    }

    /// <summary>Gets the characters: those that are in all.</summary>
    internal IEnumerable<Constraint.Alphabet> Alphabets => _leaves.OfType<Constraint.Alphabet>();

    /// <summary>Gets the single value that was chosen; null for none.</summary>
    internal Constraint? Single => _leaves.Find(leaf => leaf is Constraint.Value or Constraint.Text);

    /// <summary>Gets what is demanded of times.</summary>
    internal IEnumerable<Constraint> Times => _leaves.Where(leaf => leaf is Constraint.Settings or Constraint.TimeRange);

    /// <summary>Gets the regular expression; null for none.</summary>
    internal Constraint.Pattern? Pattern => _leaves.OfType<Constraint.Pattern>().FirstOrDefault();

    /// <summary>Gets a value indicating whether something is demanded of the parts of a value.</summary>
    internal bool HasParts => _leaves.Exists(leaf => leaf is Constraint.Components);

    /// <summary>Chooses for a type.</summary>
    internal static ConstraintLeaves Of(TypeDescriptor type, System.Random random)
    {
        var leaves = new ConstraintLeaves(random);
        for (var current = type; current is not null; current = current.Base)
        {
            if (current.Constraint is { } constraint)
                leaves.Add(constraint);
        }

        return leaves;
    }

    /// <summary>Says whether a component is permitted.</summary>
    internal bool MayBeThere(ComponentDescriptor component) => MayBeThere(component.Name);

    /// <summary>Says whether a component of a name is permitted.</summary>
    internal bool MayBeThere(string name) => _leaves.OfType<Constraint.Components>().All(
        constraint => constraint.Entries.FirstOrDefault(entry => entry.Name == name) is { } entry ? entry.IsPresent != false : constraint.IsPartial);

    /// <summary>Says whether a component is demanded.</summary>
    internal bool MustBeThere(ComponentDescriptor component) => MustBeThere(component.Name);

    /// <summary>Says whether a component of a name is demanded.</summary>
    internal bool MustBeThere(string name) => _leaves.OfType<Constraint.Components>().Any(
        constraint => constraint.Entries.Any(entry => entry.Name == name && entry.IsPresent == true));

    /// <summary>Gives the ends of the numbers that a component may be.</summary>
    internal ConstraintBounds NumbersOf(string name)
    {
        var leaves = new ConstraintLeaves(_random);
        foreach (var entry in _leaves.OfType<Constraint.Components>().SelectMany(constraint => constraint.Entries))
        {
            if (entry.Name == name && entry.Constraint is { } constraint)
                leaves.Add(constraint);
        }

        return leaves.Numbers;
    }

    /// <summary>Gives the type of a component with what is demanded of it here.</summary>
    internal TypeDescriptor TypeOf(ComponentDescriptor component) => _leaves.OfType<Constraint.Components>()
        .SelectMany(constraint => constraint.Entries).Where(entry => entry.Name == component.Name).Select(entry => entry.Constraint).OfType<Constraint>()
        .Aggregate(component.Type, (type, constraint) => type.Under(constraint));

    /// <summary>Gives the type of the elements with what is demanded of them here.</summary>
    internal TypeDescriptor ElementOf(TypeDescriptor element) =>
        _leaves.OfType<Constraint.Elements>().Aggregate(element, (type, constraint) => type.Under(constraint.Items));

    private void Add(Constraint constraint)
    {
        switch (constraint)
        {
            case Constraint.Union { Operands.Count: > 0 } union:
                Add(union.Operands[_random.Next(union.Operands.Count)]);
                break;
            case Constraint.Intersection intersection:
                foreach (var operand in intersection.Operands)
                    Add(operand);
                break;
            case Constraint.Except except:
                Add(except.Included);
                break;
            case Constraint.Extensible extensible:
                Add(extensible.Root);
                break;
            default:
                _leaves.Add(constraint);
                break;
        }
    }

    private static ConstraintBounds Narrow(IEnumerable<Constraint.Range> ranges) => ranges.Aggregate(default(ConstraintBounds), (bounds, range) => new(
        bounds.Minimum is null || range.Minimum > bounds.Minimum ? range.Minimum : bounds.Minimum,
        bounds.Maximum is null || range.Maximum < bounds.Maximum ? range.Maximum : bounds.Maximum));
}
