using CkiSdk.Asn1.Compiler.Syntax;

namespace CkiSdk.Asn1.Compiler.Binding;

/// <summary>Turns bstring and hstring tokens into octets (X.680 22.10, 23.4).</summary>
internal static class Bits
{
    /// <summary>Returns the octets in hexadecimal, the last one filled with zero bits.</summary>
    public static string ToHex(Token token)
    {
        if (token.Kind == TokenKind.HexString)
        {
            return token.Text.Length % 2 == 0 ? token.Text : token.Text + "0";
        }

        var bits = token.Text.PadRight((token.Text.Length + 7) / 8 * 8, '0');
        return string.Concat(Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2).ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Returns the C# expression of the bit string.</summary>
    public static string ToBitString(Token token)
    {
        var length = token.Kind == TokenKind.HexString ? token.Text.Length * 4 : token.Text.Length;
        return $"new {Emit.Runtime.Prefix}BitString(global::System.Convert.FromHexString(\"{ToHex(token)}\"), {((8 - (length % 8)) % 8).ToString(System.Globalization.CultureInfo.InvariantCulture)})";
    }
}
