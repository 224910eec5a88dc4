using System.Globalization;
using CkiSdk.Fuzz;
using SharpFuzz;

return args switch
{
    ["--list"] => List(),
    ["--seeds", var name, var folder] when Find(name) is { } target => Seeds(target, folder),
    ["--smoke", var seconds, .. var names] when int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) => Smoke(count, names),
    [var name] when Find(name) is { } target => UnderAfl(target),
    _ => Usage(),
};

static IFuzzTarget? Find(string name) => FuzzTargets.All.FirstOrDefault(target => target.Name == name);

static int List()
{
    foreach (var target in FuzzTargets.All) Console.WriteLine(target.Name);
    return 0;
}

static int Seeds(IFuzzTarget target, string folder)
{
    Directory.CreateDirectory(folder);
    foreach (var (index, seed) in target.Seeds.Index()) File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"seed-{index:D5}")), seed);
    return 0;
}

static int Smoke(int seconds, string[] names)
{
    var targets = names.Length == 0 ? FuzzTargets.All : [.. names.Select(Find).OfType<IFuzzTarget>()];
    if (targets.Count < names.Length) return Usage();
    var failed = 0;
    foreach (var target in targets) failed += new SmokeRun(target).Run(TimeSpan.FromSeconds(seconds)) ? 0 : 1;
    return failed == 0 ? 0 : 1;
}

// AFL++ starts the program once and feeds it through shared memory; see eng/fuzz.sh.
static int UnderAfl(IFuzzTarget target)
{
    Fuzzer.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target.Try(input.ToArray());
    });
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        CkiSdk.Fuzz --list                      the names of the targets
        CkiSdk.Fuzz --seeds TARGET FOLDER       writes the inputs that the target makes itself into files
        CkiSdk.Fuzz --smoke SECONDS [TARGET…]   a seeded run over mutations of fuzz/corpus/TARGET, each target SECONDS long
        CkiSdk.Fuzz TARGET                      runs the target under AFL++ (eng/fuzz.sh)
        """);
    return 2;
}
