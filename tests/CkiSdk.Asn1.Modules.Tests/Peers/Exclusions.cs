namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Lists where asn1ct of Erlang/OTP 25 itself is at fault, each place with the clause that says so.</summary>
internal static class Exclusions
{
    private static readonly (string Module, string From, string To, string Reason)[] Rewordings =
    [
        ("KerberosV5Spec2", "GeneralString (IA5String)", "GeneralString", "A contained subtype with a parent of other characters stops it with an internal error (X.680 51.3)."),
    ];

    /// <summary>Gives the text of a module in words that asn1ct takes.</summary>
    public static string Reword(string module, string text)
    {
        foreach (var rewording in Rewordings.Where(rewording => rewording.Module == module))
        {
            if (!text.Contains(rewording.From, StringComparison.Ordinal)) throw new InvalidOperationException($"{module} has no longer {rewording.From}.");
            text = text.Replace(rewording.From, rewording.To, StringComparison.Ordinal);
        }

        return text;
    }
}
