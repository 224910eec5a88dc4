using System.Diagnostics;
using CkiSdk.TestSupport;

namespace CkiSdk.Asn1.Modules.Tests.Peers;

/// <summary>Speaks with Erlang's ASN.1 compiler (asn1ct of Debian's erlang-asn1), which has compiled the same modules.</summary>
internal sealed class Asn1ct
{
    private static readonly Lazy<Asn1ct> Started = new(() => new Asn1ct());
    private readonly Lock _turn = new();
    private readonly Process _process;

    private Asn1ct()
    {
        var output = Directory.CreateTempSubdirectory("cki-asn1ct-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(output);
        var script = Repository.PathOf("tests/CkiSdk.Asn1.Modules.Tests/Peers/asn1ct.escript");
        var start = new ProcessStartInfo("escript", [script, output, Repository.PathOf("asn1"), Prepare(output)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        while (Read() is { } line && line != "ready")
        {
            var words = line.Split(' ', 3);
            if (words[0] is "ok" or "failed") Modules.Add(words[1], words[0] == "ok" ? null : words.ElementAtOrDefault(2) ?? "failed");
        }
    }

    /// <summary>Gets the one that all tests share.</summary>
    public static Asn1ct Shared => Started.Value;

    /// <summary>Gets the modules, each with the reason why asn1ct does not compile it; null where it does.</summary>
    public Dictionary<string, string?> Modules { get; } = new(StringComparer.Ordinal);

    /// <summary>Gives the types of a module.</summary>
    public string[] TypesOf(string module) => Ask([$"types {module}"])[0].Split(' ')[1..];

    /// <summary>Makes random values and gives the DER of those that asn1ct makes.</summary>
    public IReadOnlyList<byte[]> Values(string module, string type, IEnumerable<int> seeds) =>
        [.. Ask([.. seeds.Select(seed => $"value {module} {type} {seed}")]).Where(IsOk).Select(answer => Convert.FromHexString(answer.AsSpan(3)))];

    /// <summary>Decodes and encodes again; gives the DER in hexadecimal, or what asn1ct said.</summary>
    public IReadOnlyList<string> Echoes(string module, string type, IEnumerable<byte[]> values) =>
        [.. Ask([.. values.Select(der => $"echo {module} {type} {Convert.ToHexString(der)}")]).Select(answer => IsOk(answer) ? answer[3..] : answer)];

    private static bool IsOk(string answer) => answer.StartsWith("ok ", StringComparison.Ordinal);

    // What asn1ct 25 cannot read is put in other words that have the same encodings.
    private static string Prepare(string output)
    {
        var folder = Directory.CreateDirectory(Path.Combine(output, "modules")).FullName;
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests/CkiSdk.Asn1.Modules.Tests/Modules"), "*.asn1"))
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), Exclusions.Reword(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));
        return folder;
    }

    // Many requests at once, so that the two programs do not wait for each other at each of them.
    private string[] Ask(string[] requests)
    {
        lock (_turn)
        {
            var writing = Task.Run(() =>
            {
                foreach (var request in requests) _process.StandardInput.WriteLine(request);
                _process.StandardInput.Flush();
            });
            string[] answers = [.. requests.Select(_ => Read())];
            writing.GetAwaiter().GetResult();
            return answers;
        }
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Erlang program ended; its words are above.");

    private void End(string output)
    {
        _process.StandardInput.Close();
        _process.WaitForExit(1000);
        if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
    }
}
