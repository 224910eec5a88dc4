using System.IO.Compression;
using System.Text;

namespace CkiSdk.Asn1.Compiler.Model;

/// <summary>Makes a text short enough to be carried in an attribute: deflated, in Base64.</summary>
internal static class PackedText
{
    /// <summary>Packs a text.</summary>
    public static string Pack(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(octets, 0, octets.Length);
        }

        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>Unpacks a text; what was never packed gives an empty one.</summary>
    public static string Unpack(string packed)
    {
        try
        {
            using var deflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
            using var reader = new StreamReader(deflate, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            return string.Empty;
        }
    }
}
