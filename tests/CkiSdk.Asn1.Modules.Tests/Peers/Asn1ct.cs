using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Speaks with Erlang's ASN.1 compiler (asn1ct of Debian's erlang-asn1), which has compiled the same modules.</summary>
internal sealed class Asn1ct : ErlangPeer
{
    private static readonly Lazy<Asn1ct> Started = new(() => new Asn1ct());

    private Asn1ct()
        : base(Repository.PathOf("tests/CkiSdk.Asn1.Modules.Tests/Peers/asn1ct.escript"), output => [Repository.PathOf("asn1"), Prepare(output)])
    {
    }

    /// <summary>Gets the one that all tests share.</summary>
    public static Asn1ct Shared => Started.Value;

    /// <summary>Makes random values and gives the DER of those that asn1ct makes.</summary>
    public IReadOnlyList<byte[]> Values(string module, string type, IEnumerable<int> seeds) =>
        [.. Ask([.. seeds.Select(seed => $"value {module} {type} {seed}")]).Where(IsOk).Select(answer => Convert.FromHexString(answer.AsSpan(3)))];

    /// <summary>Decodes and encodes again; gives the DER in hexadecimal, or what asn1ct said.</summary>
    public IReadOnlyList<string> Echoes(string module, string type, IEnumerable<byte[]> values) =>
        [.. Ask([.. values.Select(der => $"echo {module} {type} {Convert.ToHexString(der)}")]).Select(answer => IsOk(answer) ? answer[3..] : answer)];

    /// <summary>Puts what asn1ct 25 cannot read in other words that have the same encodings; gives the folder.</summary>
    internal static string Prepare(string output)
    {
        var folder = Directory.CreateDirectory(Path.Combine(output, "modules")).FullName;
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests/CkiSdk.Asn1.Modules.Tests/Modules"), "*.asn1"))
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), Exclusions.Reword(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));
        return folder;
    }
}
