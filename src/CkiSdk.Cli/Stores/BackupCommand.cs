using System.CommandLine;
using System.Text.Json.Nodes;
using CkiSdk.Cli.Homes;
using CkiSdk.Cli.Pki;

namespace CkiSdk.Cli.Stores;

/// <summary>Is <c>cki backup</c> and <c>cki restore</c>: a file with everything of an authority but the key of its home, and a home from such a file.</summary>
internal static class BackupCommand
{
    /// <summary>Creates <c>cki backup</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command CreateBackup(TextWriter output, TextWriter error)
    {
        var home = HomeOptions.Home("the CMA or TLCMA, which may be at work");
        var file = new Option<string>("--out") { Description = "The new file, a tar archive that its owner alone may read.", HelpName = "FILE", Required = true };
        return new PkiVerb("backup", "Writes a backup of an authority while it serves: a copy of its store at one moment, checked, and the files of its home. Keys stay encrypted; the key of the home is not in it.", "cki backup --home a --out a.tar") { home, file }
            .Does(output, error, async (parsed, cancellationToken) =>
            {
                var opened = Home.Open(parsed.GetValue(home)!, HomeKind.Cma, HomeKind.Tlcma);
                var path = Path.GetFullPath(parsed.GetValue(file)!);
                var manifest = await Backup.WriteAsync(opened, path, cancellationToken).ConfigureAwait(false);
                var digest = (await Backup.DescribeAsync(path, path, cancellationToken).ConfigureAwait(false)).Sha256;
                return Result(manifest, "file", path, digest, $"key         not in it, nor are passwords: keep {opened.Configuration.Key.Kind} {opened.Configuration.Key.Place} elsewhere\n");
            });
    }

    /// <summary>Creates <c>cki restore</c>.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command CreateRestore(TextWriter output, TextWriter error)
    {
        var file = new Option<string>("--in") { Description = "The backup.", HelpName = "FILE", Required = true };
        var home = HomeOptions.Home("the new home, which does not exist or is empty");
        var key = new Option<string?>("--key-file") { Description = "The file with the key of the home, where that was a file in it.", HelpName = "FILE" };
        var uri = new Option<string?>("--key-uri") { Description = "The pkcs11: URI of that key, where it is in a token.", HelpName = "URI" };
        var noted = new Option<string?>("--sha256") { Description = "The SHA-256 that 'cki backup' printed and that was noted elsewhere: whoever could write where the backup lay has then changed nothing.", HelpName = "HEX" };
        return new PkiVerb("restore", "Makes a home from a backup, after checking all of it. The authority of before must not run any more.", "cki restore --in a.tar --home a2 --key-file home.key") { file, home, key, uri, noted }
            .Does(output, error, async (parsed, cancellationToken) =>
            {
                var path = Path.GetFullPath(parsed.GetValue(home)!);
                var manifest = await Restoration.RestoreAsync(parsed.GetValue(file)!, path, parsed.GetValue(key), parsed.GetValue(uri), parsed.GetValue(noted), cancellationToken).ConfigureAwait(false);
                return Result(manifest, "home", path, null, $"next        repeat what was done since {ShowText.Iso(manifest.MadeAt)}: users added, revoked and restored, parties added\n");
            });
    }

    private static PkiResult Result(BackupManifest manifest, string what, string path, string? digest, string more)
    {
        var at = ShowText.Iso(manifest.MadeAt);
        var json = new JsonObject
        {
            ["name"] = manifest.Name,
            [what] = path,
            ["madeAt"] = at,
            ["files"] = manifest.Files.Count,
            ["certificates"] = manifest.Certificates,
            ["serials"] = manifest.Serials,
            ["auditHead"] = manifest.AuditHead,
        };
        if (digest is not null)
        {
            json["sha256"] = digest;
        }

        var line = digest is null ? "" : $"sha256      {digest}\n";
        return new PkiResult(json, $"{manifest.Name}\n{what,-11} {path}\nof          {at}\nholds       {manifest.Files.Count} files, {manifest.Certificates} certificates\naudit head  {manifest.AuditHead}\n{line}{more}");
    }
}
