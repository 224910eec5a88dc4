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

    /// <summary>Returns octets in hexadecimal.</summary>
    public static string ToHex(IReadOnlyCollection<byte> octets)
    {
        const string Digits = "0123456789ABCDEF";
        var hex = new System.Text.StringBuilder(octets.Count * 2);
        foreach (var octet in octets)
        {
            hex.Append(Digits[octet >> 4]).Append(Digits[octet & 15]);
        }

        return hex.ToString();
    }

    /// <summary>Returns the octets of hexadecimal digits.</summary>
    public static byte[] FromHex(string hex)
    {
        var octets = new byte[hex.Length / 2];
        for (var i = 0; i < octets.Length; i++)
        {
            octets[i] = (byte)((Digit(hex[2 * i]) << 4) | Digit(hex[(2 * i) + 1]));
        }

        return octets;
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : (c & 0xDF) - 'A' + 10;

    /// <summary>Returns the C# expression of the bit string.</summary>
    public static string ToBitString(Token token)
    {
        var length = token.Kind == TokenKind.HexString ? token.Text.Length * 4 : token.Text.Length;
        return $"new {Emit.Runtime.Prefix}BitString(global::System.Convert.FromHexString(\"{ToHex(token)}\"), {((8 - (length % 8)) % 8).ToString(System.Globalization.CultureInfo.InvariantCulture)})";
    }
}
