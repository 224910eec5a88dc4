using System.Globalization;
using CkiSdk.Fuzz;
using SharpFuzz;

return args switch
{
    ["--list"] => List(),
    ["--seeds", var name, var folder] when Find(name) is { } target => Seeds(target, folder),
    ["--smoke", var seconds, .. var names] when int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) => Smoke(count, names),
    [var name, var folder] when Find(name) is { } target && Directory.Exists(folder) => UnderAfl(target, Directory.GetFiles(folder)),
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

// AFL++ starts the program once and feeds it through shared memory; see eng/fuzz.sh. What is made once and kept (code, descriptors, caches) is made before the first
// input counts: AFL++ would take it for paths of the inputs that happened to come first. SharpFuzz makes one call of its own, into which this fits.
static int UnderAfl(IFuzzTarget target, string[] known)
{
    Fuzzer.Run(stream =>
    {
        foreach (var file in Interlocked.Exchange(ref known, [])) TryQuietly(target, File.ReadAllBytes(file));
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target.Try(input.ToArray());
    });
    return 0;
}

// A known input that fails fails once more when AFL++ brings it.
static void TryQuietly(IFuzzTarget target, byte[] input)
{
    try
    {
        target.Try(input);
    }
    catch (Exception)
    {
        return;
    }
}

static int Usage()
{
    Console.Error.WriteLine("""
        CkiSdk.Fuzz --list                      the names of the targets
        CkiSdk.Fuzz --seeds TARGET FOLDER       writes the inputs that the target makes itself into files
        CkiSdk.Fuzz --smoke SECONDS [TARGET…]   a seeded run over mutations of fuzz/corpus/TARGET, each target SECONDS long
        CkiSdk.Fuzz TARGET FOLDER               runs the target under AFL++ (eng/fuzz.sh), after the inputs in FOLDER
        """);
    return 2;
}
