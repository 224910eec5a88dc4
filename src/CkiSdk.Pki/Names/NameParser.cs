using System.Buffers;
using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.InformationFramework;

namespace CkiSdk.Pki.Names;

/// <summary>Reads names as RFC 4514 §3 says; spaces around separators are dropped.</summary>
internal ref struct NameParser
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string _text;
    private int _position;

    private NameParser(string text) => _text = text;

    private readonly char Next => _position < _text.Length ? _text[_position] : '\0';

    private readonly bool AtEnd => _position == _text.Length;

    /// <summary>Reads a whole text.</summary>
    /// <exception cref="FormatException">The text is no name.</exception>
    public static Name Parse(string text)
    {
        var parser = new NameParser(text);
        var relatives = parser.ReadNames();
        relatives.Reverse(); // the text begins with the entry, the encoding with the root
        return new Name.RdnSequence((SequenceOf<RelativeDistinguishedName>)relatives.ToArray());
    }

    private List<RelativeDistinguishedName> ReadNames()
    {
        var relatives = new List<RelativeDistinguishedName>();
        SkipSpaces();
        if (AtEnd)
            return relatives;
        relatives.Add(ReadRelative());
        while (!AtEnd)
        {
            Expect(',');
            relatives.Add(ReadRelative());
        }

        return relatives;
    }

    private RelativeDistinguishedName ReadRelative()
    {
        var attributes = new List<AttributeTypeAndValue> { ReadAttribute() };
        while (Next == '+')
        {
            _position++;
            attributes.Add(ReadAttribute());
        }

        // One order, so that the value is the same as the one decoded from its encoding (X.690 11.6).
        var sorted = attributes.Select(attribute => (attribute, Encoded: attribute.Encode()))
            .OrderBy(entry => entry.Encoded, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)));
        return new RelativeDistinguishedName((SetOf<AttributeTypeAndValue>)sorted.Select(entry => entry.attribute).ToArray());
    }

    private AttributeTypeAndValue ReadAttribute()
    {
        SkipSpaces();
        var type = ReadType();
        SkipSpaces();
        Expect('=');
        SkipSpaces();
        return new AttributeTypeAndValue { Type = type, Value = Next == '#' ? ReadHexadecimal() : ReadText(type) };
    }

    private ObjectIdentifier ReadType()
    {
        var start = _position;
        while (char.IsAsciiLetterOrDigit(Next) || Next is '-' or '.')
            _position++;
        var text = _text[start.._position];
        if (text.Length == 0)
            throw Refuse("an attribute type is expected", start);
        if (AttributeKeywords.TryFind(text, out var type))
            return type;
        var dotted = text.StartsWith("OID.", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
        return ObjectIdentifier.TryParse(dotted, out type) ? type : throw Refuse($"\"{text}\" is no known attribute type", start);
    }

    private AnyValue ReadHexadecimal()
    {
        var start = ++_position;
        while (char.IsAsciiHexDigit(Next))
            _position++;
        var digits = _text.AsSpan(start, _position - start);
        SkipSpaces();
        try
        {
            return new AnyValue(Convert.FromHexString(digits));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Refuse("the hexadecimal digits are not the DER of one value", start);
        }
    }

    private AnyValue ReadText(ObjectIdentifier type)
    {
        var start = _position;
        var octets = new ArrayBufferWriter<byte>();
        var significant = 0; // octets without the spaces at the end that nobody escaped
        while (!AtEnd && Next is not (',' or '+'))
        {
            var isSpace = Next == ' ';
            ReadCharacter(octets);
            if (!isSpace)
                significant = octets.WrittenCount;
        }

        if (significant == 0)
            throw Refuse("a value is expected", start);
        try
        {
            return AttributeText.Write(type, StrictUtf8.GetString(octets.WrittenSpan[..significant]));
        }
        catch (ArgumentException)
        {
            throw Refuse("a character is not allowed in this attribute", start);
        }
    }

    private void ReadCharacter(ArrayBufferWriter<byte> octets)
    {
        if (Next == '\\')
        {
            octets.Write([ReadEscape()]);
            return;
        }

        if (Next is '"' or ';' or '<' or '>' or '\0')
            throw Refuse("this character must be escaped", _position);
        if (!Rune.TryGetRuneAt(_text, _position, out var rune))
            throw Refuse("half a surrogate pair is no character", _position);
        _position += rune.Utf16SequenceLength;
        octets.Advance(rune.EncodeToUtf8(octets.GetSpan(4)));
    }

    // RFC 4514 3: pair = ESC ( ESC / special / hexpair ); a hexadecimal pair is one octet of UTF-8.
    private byte ReadEscape()
    {
        var start = _position++;
        var c = Next;
        if (c is '\\' or '"' or '+' or ',' or ';' or '<' or '>' or ' ' or '#' or '=')
        {
            _position++;
            return (byte)c;
        }

        if (_position + 2 > _text.Length || !char.IsAsciiHexDigit(c) || !char.IsAsciiHexDigit(_text[_position + 1]))
            throw Refuse("this is no escape", start);
        _position += 2;
        return Convert.FromHexString(_text.AsSpan(_position - 2, 2))[0];
    }

    private void SkipSpaces()
    {
        while (Next == ' ')
            _position++;
    }

    private void Expect(char separator)
    {
        if (Next != separator)
            throw Refuse($"'{separator}' is expected", _position);
        _position++;
    }

    private static FormatException Refuse(string reason, int position) =>
        new($"The distinguished name is refused at character {position + 1}: {reason}.");
}
