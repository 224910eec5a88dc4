using System.Numerics;

namespace CkiSdk.Asn1;

/// <summary>Describes a set of permitted values (X.680 50, 51; X.682 9 to 11) at run time.</summary>
public abstract class Constraint
{
    private Constraint()
    {
    }

    /// <summary>Permits every value, or what cannot be checked here: <c>CONSTRAINED BY</c>, table constraints.</summary>
    public sealed class Every : Constraint;

    /// <summary>Permits one value, by the content octets of its DER (X.680 51.2).</summary>
    /// <param name="content">The content octets; of a CHOICE or an open type, the encoding of what is in it.</param>
    public sealed class Value(ReadOnlyMemory<byte> content) : Constraint
    {
        /// <summary>Permits one value.</summary>
        /// <param name="content">The content octets in hexadecimal.</param>
        public Value(string content)
            : this(Convert.FromHexString(content))
        {
        }

        /// <summary>Gets the content octets.</summary>
        public ReadOnlyMemory<byte> Content { get; } = content;
    }

    /// <summary>Permits one character string or time (X.680 51.2).</summary>
    /// <param name="value">The characters.</param>
    public sealed class Text(string value) : Constraint
    {
        /// <summary>Gets the characters.</summary>
        public string Characters { get; } = value;
    }

    /// <summary>Permits the whole numbers between two ends, both included (X.680 51.4).</summary>
    /// <param name="minimum">The least; null for no end.</param>
    /// <param name="maximum">The greatest; null for no end.</param>
    public sealed class Range(BigInteger? minimum, BigInteger? maximum) : Constraint
    {
        /// <summary>Gets the least number; null for no end.</summary>
        public BigInteger? Minimum { get; } = minimum;

        /// <summary>Gets the greatest number; null for no end.</summary>
        public BigInteger? Maximum { get; } = maximum;
    }

    /// <summary>Permits the real numbers between two ends (X.680 51.4).</summary>
    /// <param name="minimum">The least; minus infinity for no end.</param>
    /// <param name="minimumOpen">Whether the least is left out itself.</param>
    /// <param name="maximum">The greatest; infinity for no end.</param>
    /// <param name="maximumOpen">Whether the greatest is left out itself.</param>
    public sealed class RealRange(double minimum, bool minimumOpen, double maximum, bool maximumOpen) : Constraint
    {
        /// <summary>Gets the least number.</summary>
        public double Minimum { get; } = minimum;

        /// <summary>Gets a value indicating whether the least is left out itself.</summary>
        public bool MinimumOpen { get; } = minimumOpen;

        /// <summary>Gets the greatest number.</summary>
        public double Maximum { get; } = maximum;

        /// <summary>Gets a value indicating whether the greatest is left out itself.</summary>
        public bool MaximumOpen { get; } = maximumOpen;
    }

    /// <summary>Permits values of certain sizes: octets, bits, characters or elements (X.680 51.5).</summary>
    /// <param name="sizes">The sizes.</param>
    public sealed class Size(Constraint sizes) : Constraint
    {
        /// <summary>Gets the permitted sizes.</summary>
        public Constraint Sizes { get; } = sizes;
    }

    /// <summary>Permits strings of certain characters (X.680 51.7).</summary>
    /// <param name="ends">First and last character of each range, ascending.</param>
    public sealed class Alphabet(params int[] ends) : Constraint
    {
        /// <summary>Gets first and last character of each range, ascending.</summary>
        public IReadOnlyList<int> Ends { get; } = ends;
    }

    /// <summary>Permits strings that match a regular expression (X.680 51.9).</summary>
    /// <param name="notation">The expression as the module writes it.</param>
    /// <param name="regex">The same in the notation of .NET.</param>
    public sealed class Pattern(string notation, string regex) : Constraint
    {
        /// <summary>Gets the expression as the module writes it.</summary>
        public string Notation { get; } = notation;

        /// <summary>Gets the expression in the notation of .NET.</summary>
        public string Regex { get; } = regex;
    }

    /// <summary>Permits what a rule in words permits (X.682 9): every value, until <see cref="TypeDescriptor.ConstrainedBy"/> is told how to check it.</summary>
    /// <param name="words">What stands in the braces of <c>CONSTRAINED BY</c>, without comments.</param>
    public sealed class UserDefined(string words) : Constraint
    {
        private volatile Func<ReadOnlyMemory<byte>, bool>? _check;

        /// <summary>Gets what stands in the braces of <c>CONSTRAINED BY</c>, without comments.</summary>
        public string Words { get; } = words;

        /// <summary>Gets or sets what says of the DER of a value whether it is permitted; null where nothing does.</summary>
        internal Func<ReadOnlyMemory<byte>, bool>? Check { get => _check; set => _check = value; }
    }

    /// <summary>Permits times with certain properties (X.680 51.10).</summary>
    /// <param name="notation">The settings as the module writes them, such as <c>Basic=Date Date=YMD</c>.</param>
    public sealed class Settings(string notation) : Constraint
    {
        /// <summary>Gets the settings.</summary>
        public string Notation { get; } = notation;
    }

    /// <summary>Permits the times, durations or recurrences between two ends (X.680 51.11 to 51.13).</summary>
    /// <param name="minimum">The earliest or shortest, in value notation; null for no end.</param>
    /// <param name="minimumOpen">Whether it is left out itself.</param>
    /// <param name="maximum">The latest or longest, in value notation; null for no end.</param>
    /// <param name="maximumOpen">Whether it is left out itself.</param>
    public sealed class TimeRange(string? minimum, bool minimumOpen, string? maximum, bool maximumOpen) : Constraint
    {
        /// <summary>Gets the earliest or shortest; null for no end.</summary>
        public string? Minimum { get; } = minimum;

        /// <summary>Gets a value indicating whether the earliest or shortest is left out itself.</summary>
        public bool MinimumOpen { get; } = minimumOpen;

        /// <summary>Gets the latest or longest; null for no end.</summary>
        public string? Maximum { get; } = maximum;

        /// <summary>Gets a value indicating whether the latest or longest is left out itself.</summary>
        public bool MaximumOpen { get; } = maximumOpen;
    }

    /// <summary>Permits what one of the operands permits; nothing where there are none.</summary>
    /// <param name="operands">The operands.</param>
    public sealed class Union(params Constraint[] operands) : Constraint
    {
        /// <summary>Gets the operands.</summary>
        public IReadOnlyList<Constraint> Operands { get; } = operands;
    }

    /// <summary>Permits what all of the operands permit.</summary>
    /// <param name="operands">The operands.</param>
    public sealed class Intersection(params Constraint[] operands) : Constraint
    {
        /// <summary>Gets the operands.</summary>
        public IReadOnlyList<Constraint> Operands { get; } = operands;
    }

    /// <summary>Permits what one set permits and another does not.</summary>
    /// <param name="included">The one.</param>
    /// <param name="excluded">The other.</param>
    public sealed class Except(Constraint included, Constraint excluded) : Constraint
    {
        /// <summary>Gets what is permitted.</summary>
        public Constraint Included { get; } = included;

        /// <summary>Gets what is left out of it.</summary>
        public Constraint Excluded { get; } = excluded;
    }

    /// <summary>Permits every value, because later versions may (X.680 50.3), and says which ones this version makes.</summary>
    /// <param name="root">What this version makes.</param>
    public sealed class Extensible(Constraint root) : Constraint
    {
        /// <summary>Gets what this version makes.</summary>
        public Constraint Root { get; } = root;
    }

    /// <summary>Permits lists whose elements are all permitted (X.680 51.8.3).</summary>
    /// <param name="items">What is permitted of an element.</param>
    public sealed class Elements(Constraint items) : Constraint
    {
        /// <summary>Gets what is permitted of an element.</summary>
        public Constraint Items { get; } = items;
    }

    /// <summary>Permits records and choices by their components (X.680 51.8.4).</summary>
    /// <param name="isPartial">Whether components that are not named are as the type has them, instead of absent.</param>
    /// <param name="entries">The components that are named.</param>
    public sealed class Components(bool isPartial, params Component[] entries) : Constraint
    {
        /// <summary>Gets a value indicating whether components that are not named are as the type has them, instead of absent.</summary>
        public bool IsPartial { get; } = isPartial;

        /// <summary>Gets the components that are named.</summary>
        public IReadOnlyList<Component> Entries { get; } = entries;
    }

    /// <summary>Says of one component whether it is there, and what it may be.</summary>
    /// <param name="Name">The identifier.</param>
    /// <param name="IsPresent">Whether it must be there or must not; null for either.</param>
    /// <param name="Constraint">What it may be where it is there; null for anything.</param>
    public sealed record Component(string Name, bool? IsPresent = null, Constraint? Constraint = null);
}
