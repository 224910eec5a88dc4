using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.InformationFramework;
using CkiSdk.Pki.Names;

namespace CkiSdk.Cli.Pki;

/// <summary>Writes names as <c>openssl x509 -text</c> does: from the root down, as <c>C = GB, O = Example</c>.</summary>
internal static class NameText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",+<>;\"\\");

    /// <summary>Writes a distinguished name.</summary>
    /// <param name="name">The name.</param>
    public static string Of(DistinguishedName name) => ShowText.Safe(string.Join(", ", Relatives(name).Select(relative => string.Join(" + ", relative.Select(row => $"{row.Keyword} = {Quote(row.Value)}")))));

    /// <summary>Writes a relative name.</summary>
    /// <param name="relative">The name.</param>
    public static string Of(RelativeDistinguishedName relative) => Of(DistinguishedName.From(new Name.RdnSequence(new RDNSequence((SequenceOf<RelativeDistinguishedName>)[relative]))));

    /// <summary>Writes a general name as it stands in alternative names.</summary>
    /// <param name="name">The name.</param>
    public static string Of(GeneralName name) => name switch
    {
        GeneralName.DirectoryName directory => ShowText.Safe($"DirName:{Slashes(DistinguishedName.From(directory.Value))}"),
        GeneralName.IPAddress { Value.Span: { Length: 16 } octets } => $"IP Address:{Groups(octets)}",
        GeneralName.OtherName other => ShowText.Safe($"othername: {other.Value.TypeId}:{(Text(other.Value.Value) is { } text ? $":{text}" : "<unsupported>")}"),
        _ => ShowText.Name(name),
    };

    /// <summary>Writes a general name as it stands in points and subtrees.</summary>
    /// <param name="name">The name.</param>
    public static string InPoint(GeneralName name) => name switch
    {
        GeneralName.DirectoryName directory => $"DirName:{Of(DistinguishedName.From(directory.Value))}",
        GeneralName.IPAddress { Value.Span: { Length: 8 } octets } => $"IP:{new IPAddress(octets[..4])}/{new IPAddress(octets[4..])}",
        GeneralName.IPAddress { Value.Span: { Length: 32 } octets } => $"IP:{Groups(octets[..16])}/{Groups(octets[16..])}",
        _ => Of(name),
    };

    /// <summary>Gives a value that is a text; null for any other.</summary>
    /// <param name="value">The value.</param>
    public static string? Text(AnyValue value)
    {
        var reader = new DerReader(value.Encoded);
        try
        {
            return value.Tag switch
            {
                var tag when tag == Tag.Utf8String => reader.ReadUtf8String(tag).ToString(),
                var tag when tag == Tag.PrintableString => reader.ReadPrintableString(tag).ToString(),
                var tag when tag == Tag.Ia5String => reader.ReadIa5String(tag).ToString(),
                var tag when tag == Tag.BmpString => reader.ReadBmpString(tag).ToString(),
                _ => null,
            };
        }
        catch (DerException)
        {
            return null;
        }
    }

    private static string Slashes(DistinguishedName name) => string.Concat(Relatives(name).Select(relative => "/" + string.Join('+', relative.Select(row => $"{row.Keyword}={row.Value}"))));

    private static IEnumerable<(string Keyword, string Value)[]> Relatives(DistinguishedName name) =>
        ((Name.RdnSequence)name.Name).Value.Value.Select(relative => relative.Value.Select(Attribute).ToArray());

    // One attribute alone as RFC 4514 writes it, without its escapes.
    private static (string Keyword, string Value) Attribute(AttributeTypeAndValue attribute)
    {
        RelativeDistinguishedName alone = new((SetOf<AttributeTypeAndValue>)[attribute]);
        var text = DistinguishedName.From(new Name.RdnSequence(new RDNSequence((SequenceOf<RelativeDistinguishedName>)[alone]))).ToString();
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var keyword = text[..equals] switch { "sn" => "SN", "givenName" => "GN", var other => other };
        return (keyword, Unescape(text.AsSpan(equals + 1)));
    }

    private static string Unescape(ReadOnlySpan<char> text)
    {
        var octets = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 2 < text.Length && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var octet))
            {
                octets.Add(octet);
                i += 2;
                continue;
            }

            var start = text[i] == '\\' && i + 1 < text.Length ? ++i : i;
            i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 1 : 0;
            octets.AddRange(Encoding.UTF8.GetBytes(text[start..(i + 1)].ToArray()));
        }

        return Encoding.UTF8.GetString([.. octets]);
    }

    private static string Quote(string value) => value.AsSpan().IndexOfAny(Quoted) < 0 && !value.StartsWith('#') && value.Trim(' ').Length == value.Length
        ? value
        : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Groups(ReadOnlySpan<byte> octets)
    {
        var groups = new string[octets.Length / 2];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = ((octets[2 * i] << 8) | octets[(2 * i) + 1]).ToString("X", CultureInfo.InvariantCulture);
        }

        return string.Join(':', groups);
    }
}
