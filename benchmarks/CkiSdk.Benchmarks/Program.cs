using System.Globalization;
using CkiSdk.Benchmarks.Harness;
using CkiSdk.Benchmarks.Load;
using CkiSdk.Benchmarks.Rows;
using CkiSdk.Benchmarks.Timing;

if (args is ["--timing", ..])
    return TimingReport.Run(Console.Out, args.AsSpan(1));
if (args is [NewProcess.Argument])
    return NewProcess.Run(Console.Out);
if (args is [IdleConnections.Command, var folder, var port, var count, var responder])
    return await IdleConnections.Open(folder, int.Parse(port, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), responder);
if (args is [IdleConnections.Apart, var connections])
    return await IdleConnections.Measure(int.Parse(connections, CultureInfo.InvariantCulture), Console.Out);
if (args is ["--load", ..])
    return await LoadReport.Run(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0);
var smoke = false;
string? file = null;
var filters = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--smoke")
        smoke = true;
    else if (args[i] == "--json" && i + 1 < args.Length)
        file = args[++i];
    else if (args[i].StartsWith('-'))
        return Usage();
    else
        filters.Add(args[i]);
}

// Each group is a class of Rows/; a new one is a line here.
IEnumerable<Row>[] groups =
[
    CertificateRows.All(),
    ExtensionRows.All(),
    HostileRows.All(),
    MessageRows.All(),
    DiffieHellmanRows.All(),
    DerivationRows.All(),
    StoreRows.All(),
    PkiRows.All(),
    IssuanceRows.All(),
    IdleRows.All(smoke),
    GeneratorRows.All(),
];
var rows = groups.SelectMany(group => group)
    .Where(row => filters.Count == 0 || filters.Exists(filter => row.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
    .ToList();
if (rows.Count == 0)
{
    Console.Error.WriteLine("No row has such a name.");
    return 2;
}

var runner = smoke ? RowRunner.Smoke : RowRunner.Full;
var results = new List<RowResult>();
Report.Head(Console.Out);
foreach (var row in rows)
{
    results.Add(runner.Run(row));
    Report.Line(Console.Out, results[^1]);
}

if (file is not null)
    Report.Write(file, results);
var missed = results.Count(result => !result.Met);
Console.WriteLine(smoke ? $"{results.Count} rows ran; figures of a smoke run say nothing" : $"{results.Count - missed} of {results.Count} rows met their targets");
return smoke || missed == 0 ? 0 : 1;

static int Usage()
{
    Console.Error.WriteLine("usage: CkiSdk.Benchmarks [--json FILE] [--smoke] [FILTER…] | --timing [--count N] [FILTER…] | --load [SECONDS [IDLE]]");
    return 2;
}
