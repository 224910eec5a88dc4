using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace CkiSdk.Asn1;

/// <summary>Is a pattern (X.680 51.9): says of strings whether they match it as a whole, in time that grows with their length only.</summary>
public sealed class PermittedPattern
{
    private const int ShortLength = 256;

    private readonly Regex _regex;

    /// <summary>Takes the regular expression.</summary>
    /// <param name="regex">The expression in the notation of .NET, without a construct that needs backtracking.</param>
    /// <exception cref="ArgumentException">The expression is malformed.</exception>
    /// <exception cref="NotSupportedException">The expression needs backtracking.</exception>
    public PermittedPattern(string regex) => _regex = new Regex(regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Says whether the whole string matches.</summary>
    /// <param name="value">The string.</param>
    public bool Permits(NumericString value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(PrintableString value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(Ia5String value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(VisibleString value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(TeletexString value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(VideotexString value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(GraphicString value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(GeneralString value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(ObjectDescriptor value) => Permits(value.Octets.Span, Encoding.Latin1);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(Utf8String value) => Permits(value.Octets.Span, Alphabets.Utf8);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(BmpString value) => Permits(value.Octets.Span, Alphabets.Utf16);

    /// <inheritdoc cref="Permits(NumericString)"/>
    public bool Permits(UniversalString value) => Permits(value.Octets.Span, Alphabets.Utf32);

    private bool Permits(ReadOnlySpan<byte> octets, Encoding encoding)
    {
        if (octets.Length <= ShortLength)
        {
            // No encoding makes more characters than there are octets.
            Span<char> few = stackalloc char[ShortLength];
            return _regex.IsMatch(few[..encoding.GetChars(octets, few)]);
        }

        var rented = ArrayPool<char>.Shared.Rent(octets.Length);
        try
        {
            return _regex.IsMatch(rented.AsSpan(0, encoding.GetChars(octets, rented)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }
}
