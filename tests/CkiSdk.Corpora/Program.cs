using CkiSdk.Corpora;

return args switch
{
    [var folder] when Directory.Exists(folder) => Comparison.Run(folder, null),
    [var folder, "--set", var set] when Directory.Exists(folder) => Comparison.Run(folder, set),
    ["--set", var set, var folder] when Directory.Exists(folder) => Comparison.Run(folder, set),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine($"usage: corpora FOLDER [--set NAME], NAME one of {string.Join(", ", Comparison.Sets.Select(set => set.Name))}");
    return 2;
}
