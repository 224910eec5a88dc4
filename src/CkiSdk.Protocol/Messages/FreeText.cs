using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol.Messages;

/// <summary>Writes and reads the text for people in a header (CKI Part 2 ¶14).</summary>
public static class FreeText
{
    private const int MostCharacters = 1000;

    /// <summary>Returns the text as IA5String where that can hold it, else as BMPString with a replacement for what lies outside.</summary>
    /// <param name="text">The text; what is longer than 1,000 characters is cut.</param>
    public static PKIFreeText From(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cut = text.Length > MostCharacters ? text[..MostCharacters] : text;
        return cut.All(char.IsAscii)
            ? new PKIFreeText.IA5String((Ia5String)cut)
            : new PKIFreeText.BmpString((BmpString)new string([.. cut.Select(c => char.IsSurrogate(c) ? '\uFFFD' : c)]));
    }

    /// <summary>Returns the text; empty where there is none. Control characters, which could deceive terminals and logs, are replaced.</summary>
    /// <param name="text">The header's field; what is longer than 1,000 characters is cut.</param>
    public static string Read(PKIFreeText? text)
    {
        var read = text switch
        {
            PKIFreeText.IA5String ia5 => ia5.Value.ToString(),
            PKIFreeText.BmpString bmp => bmp.Value.ToString(),
            _ => string.Empty,
        };
        return new string([.. read.Take(MostCharacters).Select(c => char.IsControl(c) ? '\uFFFD' : c)]);
    }
}
