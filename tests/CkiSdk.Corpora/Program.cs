using CkiSdk.Corpora;

var options = args.ToList();
var withNotes = options.Remove("--notes");
var set = options.IndexOf("--set") is >= 0 and var at && at + 1 < options.Count ? options[at + 1] : null;
if (set is not null) options.RemoveRange(options.IndexOf("--set"), 2);
return options is [var folder] && Directory.Exists(folder) ? Comparison.Run(folder, set, withNotes) : Usage();

static int Usage()
{
    Console.Error.WriteLine($"usage: corpora FOLDER [--set NAME] [--notes], NAME one of {string.Join(", ", Comparison.Sets.Select(set => set.Name))}");
    return 2;
}
