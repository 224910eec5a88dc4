using System.Globalization;
using System.Numerics;
using System.Text;
using CkiSdk.Asn1.Compiler.Model;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Makes the octets of DER: headers and the contents of simple types (X.690 8, 10, 11).</summary>
internal static class DerOctets
{
    /// <summary>Puts identifier and length before contents (X.690 8.1).</summary>
    public static byte[] Element(TagModel tag, byte[] contents)
    {
        var octets = new List<byte>(contents.Length + 6);
        var first = ((int)tag.Class << 6) | (tag.IsConstructed ? 0x20 : 0);
        if (tag.Number < 31)
        {
            octets.Add((byte)(first | tag.Number));
        }
        else
        {
            octets.Add((byte)(first | 31));
            octets.AddRange(Base128(tag.Number));
        }

        if (contents.Length < 128)
        {
            octets.Add((byte)contents.Length);
        }
        else
        {
            var length = Unsigned(contents.Length);
            octets.Add((byte)(0x80 | length.Length));
            octets.AddRange(length);
        }

        octets.AddRange(contents);
        return [.. octets];
    }

    /// <summary>Joins elements.</summary>
    public static byte[] Join(IEnumerable<byte[]> elements) => [.. elements.SelectMany(element => element)];

    /// <summary>Returns the contents octets of an element whose tag has one octet.</summary>
    public static byte[] Content(byte[] element) => [.. element.Skip(element[1] < 0x80 ? 2 : 2 + (element[1] & 0x7F))];

    /// <summary>Returns the two's complement, shortest (X.690 8.3).</summary>
    public static byte[] Integer(BigInteger value)
    {
        var octets = value.ToByteArray();
        Array.Reverse(octets);
        return octets;
    }

    /// <summary>Returns the contents of a BIT STRING; one with named bits ends with a set bit (X.690 8.6, 11.2).</summary>
    public static byte[] BitString(BitsNode bits, bool hasNames)
    {
        var octets = Bits.FromHex(bits.Hex);
        var length = bits.Length;
        while (hasNames && length > 0 && (octets[(length - 1) / 8] & (0x80 >> ((length - 1) % 8))) == 0)
        {
            length--;
        }

        var contents = new byte[1 + ((length + 7) / 8)];
        contents[0] = (byte)(((contents.Length - 1) * 8) - length);
        Array.Copy(octets, 0, contents, 1, contents.Length - 1);
        return contents;
    }

    /// <summary>Returns the contents of an OBJECT IDENTIFIER; null where it has but one arc (X.690 8.19).</summary>
    public static byte[]? ObjectIdentifier(string dotted)
    {
        var arcs = dotted.Split('.').Select(arc => BigInteger.Parse(arc, CultureInfo.InvariantCulture)).ToList();
        return arcs.Count < 2 ? null : [.. Base128((arcs[0] * 40) + arcs[1]), .. arcs.Skip(2).SelectMany(Base128)];
    }

    /// <summary>Returns the contents of a RELATIVE-OID (X.690 8.20).</summary>
    public static byte[] RelativeOid(string dotted) => [.. dotted.Split('.').SelectMany(arc => Base128(BigInteger.Parse(arc, CultureInfo.InvariantCulture)))];

    /// <summary>Returns the contents of a character string (X.690 8.23).</summary>
    public static byte[] Text(string type, string text) => type switch
    {
        "UTF8String" or "OID-IRI" or "RELATIVE-OID-IRI" => Encoding.UTF8.GetBytes(text),
        "BMPString" => Encoding.BigEndianUnicode.GetBytes(text),
        "UniversalString" => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes(text),
        _ => [.. text.Select(c => (byte)c)],
    };

    /// <summary>Returns the contents of a REAL: binary, or decimal in the form NR3 (X.690 8.5, 11.3).</summary>
    public static byte[] Real(ValueNode node) => node switch
    {
        SpecialRealNode special => [special.Word switch { "PLUS-INFINITY" => 0x40, "MINUS-INFINITY" => 0x41, "NOT-A-NUMBER" => 0x42, _ => 0x43 }],
        RealNode { Mantissa.IsZero: true } => [],
        RealNode { Base: 10 } number => [3, .. Encoding.ASCII.GetBytes(
            $"{number.Mantissa.ToString(CultureInfo.InvariantCulture)}.E{(number.Exponent.IsZero ? "+0" : number.Exponent.ToString(CultureInfo.InvariantCulture))}")],
        RealNode number => Binary(number),
        _ => [],
    };

    /// <summary>Orders encodings as DER orders the elements of a SET OF (X.690 11.6).</summary>
    public static int Compare(byte[] left, byte[] right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (left[i] != right[i])
            {
                return left[i].CompareTo(right[i]);
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Returns a number that orders elements by class and number of their tags (X.680 8.6).</summary>
    public static long TagOrder(byte[] element)
    {
        long number = element[0] & 31;
        if (number == 31)
        {
            number = 0;
            for (var i = 1; i < element.Length; i++)
            {
                number = (number << 7) | (uint)(element[i] & 0x7F);
                if (element[i] < 0x80)
                {
                    break;
                }
            }
        }

        return ((long)(element[0] >> 6) << 40) | number;
    }

    private static byte[] Binary(RealNode number)
    {
        var exponent = Integer(number.Exponent);
        var first = 0x80 | (number.Mantissa.Sign < 0 ? 0x40 : 0) | (exponent.Length > 3 ? 3 : exponent.Length - 1);
        return exponent.Length > 3
            ? [(byte)first, (byte)exponent.Length, .. exponent, .. Unsigned(BigInteger.Abs(number.Mantissa))]
            : [(byte)first, .. exponent, .. Unsigned(BigInteger.Abs(number.Mantissa))];
    }

    private static byte[] Unsigned(BigInteger value)
    {
        var octets = Integer(value);
        return octets.Length > 1 && octets[0] == 0 ? octets.Skip(1).ToArray() : octets;
    }

    private static byte[] Base128(BigInteger value)
    {
        var octets = new Stack<byte>();
        octets.Push((byte)(int)(value % 128));
        for (value /= 128; !value.IsZero; value /= 128)
        {
            octets.Push((byte)(0x80 | (int)(value % 128)));
        }

        return [.. octets];
    }

    private static byte[] Base128(int value) => Base128(new BigInteger(value));
}
