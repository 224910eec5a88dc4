namespace CkiSdk.Asn1.Tests;

/// <summary>Turns what a read does into text that two implementations can be compared by.</summary>
internal static class Verdict
{
    internal const string Refused = "refused";

    /// <summary>Gives the value and the octets consumed, or that the input is refused; any other exception escapes.</summary>
    internal static string Of<T>(byte[] der, DerDecoder<T> read, Func<T, string> show)
    {
        try
        {
            var reader = new DerReader(der);
            return $"{show(read(ref reader))} in {reader.Position}";
        }
        catch (DerException)
        {
            return Refused;
        }
    }
}
