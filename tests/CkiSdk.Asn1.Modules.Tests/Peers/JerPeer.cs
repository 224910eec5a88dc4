using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Speaks with Erlang's ASN.1 compiler and its rules jer (X.697).</summary>
internal sealed class JerPeer : ErlangPeer
{
    private static readonly Lazy<JerPeer> Started = new(() => new JerPeer());

    private JerPeer()
        : base(
            Repository.PathOf("tests/CkiSdk.Asn1.Modules.Tests/Peers/jer.escript"),
            output => [Repository.PathOf("tests/CkiSdk.Asn1.Modules.Tests/Peers/jsx.erl"), Asn1ct.Prepare(output)])
    {
    }

    /// <summary>Gets the one that all tests share.</summary>
    public static JerPeer Shared => Started.Value;

    /// <summary>Makes a random value and gives its JSON, or null where asn1ct makes none.</summary>
    public string? Value(string module, string type, int seed) => Ask([$"value {module} {type} {seed}"])[0] is var answer && IsOk(answer) ? answer[3..] : null;

    /// <summary>Decodes and encodes again; gives <c>ok</c> and the JSON, or what asn1ct said.</summary>
    public string Echo(string module, string type, string json) => Ask([$"echo {module} {type} {json}"])[0];
}
