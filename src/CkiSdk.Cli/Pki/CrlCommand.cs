using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Pki.Crls;

namespace CkiSdk.Cli.Pki;

/// <summary>Is <c>cki pki crl</c>.</summary>
internal static class CrlCommand
{
    /// <summary>Creates the command with those below it.</summary>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages go.</param>
    public static Command Create(TextWriter output, TextWriter error) =>
        new ExampleCommand("crl", "Revokes certificates, and makes and shows revocation lists.", "cki pki crl create --ca root --revoke server.pem --reason keyCompromise --out crl.pem")
        {
            Make(output, error),
            Inspect(output, error),
        };

    private static PkiVerb Make(TextWriter output, TextWriter error)
    {
        var (authority, target, form, force, days) = (PkiOptions.Authority(), PkiOptions.Out(), PkiOptions.OutForm(), PkiOptions.Force(), PkiOptions.Days(7));
        var revoke = new Option<string[]>("--revoke") { Description = "A certificate to revoke first: its file, or its serial number in hexadecimal digits.", HelpName = "SERIAL|CERT", AllowMultipleArgumentsPerToken = false };
        var reason = new Option<string>("--reason") { Description = "Why, by its name in RFC 5280; removeFromCRL takes back a certificateHold.", DefaultValueFactory = _ => "unspecified", HelpName = "R" };
        var delta = new Option<bool>("--delta") { Description = "Only what changed since the last complete list." };
        var number = new Option<long?>("--number") { Description = "The number of the list, above those of all before; default: the next one.", HelpName = "N" };
        var algorithm = AlgorithmOption.Make();
        var verb = new PkiVerb("create", "Signs a revocation list, after revoking what is named.", "cki pki crl create --ca root --revoke server.pem --reason keyCompromise --out crl.pem")
        {
            authority, revoke, reason, delta, days, number, algorithm, target, form, force,
        };
        var keys = new KeyAccessOptions("the password of the authority's key").AddTo(verb);
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var why = ParseReason(parsed.GetValue(reason)!);
            using var access = await keys.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            using var folder = await AuthorityFolder.OpenAsync(parsed.GetValue(authority)!, access, cancellationToken).ConfigureAwait(false);
            var signature = AlgorithmOption.For(parsed, algorithm, folder.Key);
            var now = PkiOptions.Now();
            RequireFree(parsed.GetValue(target), parsed.GetValue(force));
            Check(folder.Journal, parsed.GetValue(delta), parsed.GetValue(number));
            var serials = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var what in parsed.GetValue(revoke) ?? [])
            {
                var serial = await FindAsync(folder, what, cancellationToken).ConfigureAwait(false);
                CheckReason(what, folder.Journal.FindRevocation(serial), why);
                serials.Add(serial);
            }

            serials.ToList().ForEach(serial => folder.Journal.Revoke(new AuthorityRevocation(serial, now, why)));
            var template = Template(folder.Journal, parsed.GetValue(delta), parsed.GetValue(number), now, now.AddDays(parsed.GetValue(days)));
            var list = await RevocationListSigner.SignAsync(template, folder.Certificate, folder.Key, signature, cancellationToken).ConfigureAwait(false);
            return PkiOptions.Write(parsed, target, form, force, list.Encoded.Span, "X509 CRL", Json(list), $"number {list.Number}, {list.Count} entries, until {ShowText.Iso(list.NextIssueAt!.Value)}", output);
        });
    }

    // All that can be wrong is looked for before anything is written down.
    private static void RequireFree(string? path, bool force)
    {
        if (path is not null && !force && File.Exists(path))
        {
            throw CommandException.Usage($"The file {path} exists; --force overwrites it.", code: "file-exists");
        }
    }

    private static void Check(AuthorityJournal journal, bool isDelta, long? number)
    {
        if (isDelta && journal.CompleteNumber == 0)
        {
            throw CommandException.Usage("--delta: there is no complete list yet.");
        }

        if (number <= journal.ListNumber)
        {
            throw CommandException.Usage($"--number: the newest list has the number {journal.ListNumber}, and numbers only grow (RFC 5280 §5.2.3).");
        }
    }

    // Only a hold can be taken back or become final (RFC 5280 §5.3.1).
    private static void CheckReason(string what, AuthorityRevocation? before, CRLReason reason)
    {
        var isOnHold = before is { Reason: CRLReason.CertificateHold };
        if (reason == CRLReason.RemoveFromCRL && !isOnHold)
        {
            throw CommandException.Usage($"--reason: removeFromCRL takes back a certificateHold, and {what} is not on hold.");
        }

        if (before is not null && (!isOnHold || reason == CRLReason.CertificateHold))
        {
            throw CommandException.Usage($"--revoke: {what} is revoked already, since {ShowText.Iso(before.Date)}.", code: "already-revoked");
        }
    }

    private static RevocationListTemplate Template(AuthorityJournal journal, bool isDelta, long? number, DateTimeOffset from, DateTimeOffset to)
    {
        var complete = journal.CompleteNumber;
        var entries = (isDelta ? journal.Changed : journal.Revoked).Select(Entry).ToList();
        return new RevocationListTemplate
        {
            IssuedAt = from,
            NextIssueAt = to,
            Number = journal.TakeListNumber(isDelta, number),
            BaseNumber = isDelta ? complete : default(Integer?),
            Entries = entries,
        };
    }

    private static RevokedCertificate Entry(AuthorityRevocation revocation) => new()
    {
        SerialNumber = new Integer(Convert.FromHexString(revocation.Serial)),
        RevocationDate = revocation.Date,
        Reason = revocation.Reason == CRLReason.Unspecified ? null : revocation.Reason,
    };

    private static async Task<string> FindAsync(AuthorityFolder folder, string what, CancellationToken cancellationToken)
    {
        var serial = what.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        if (File.Exists(what))
        {
            var certificate = await PkiInputs.CertificateAsync(what, cancellationToken).ConfigureAwait(false);
            serial = certificate.Issuer.Equals(folder.Certificate.Subject) ? AuthorityFolder.SerialOf(certificate) : "";
        }

        return folder.Journal.Has(serial) ? serial : throw new CommandException(ExitCodes.NotFound, $"--revoke: this authority issued no certificate {what}.");
    }

    private static CRLReason ParseReason(string text) => Enum.TryParse<CRLReason>(text, ignoreCase: true, out var reason) && !char.IsAsciiDigit(text[0])
        ? reason
        : throw CommandException.Usage($"--reason: '{text}' is none of {string.Join(", ", Enum.GetNames<CRLReason>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]))}.");

    private static PkiVerb Inspect(TextWriter output, TextWriter error)
    {
        var file = PkiOptions.File("CRL", "The file with the list");
        var verb = new PkiVerb("inspect", "Shows a revocation list.", "cki pki crl inspect --text crl.pem", hasText: true) { file };
        return verb.Does(output, error, async (parsed, cancellationToken) =>
        {
            var list = (await PkiInputs.RevocationListsAsync([parsed.GetValue(file)!], cancellationToken).ConfigureAwait(false))[0];
            return new PkiResult(Json(list), Short(list), Text(list));
        });
    }

    private static JsonObject Json(RevocationList list) => new()
    {
        ["issuer"] = list.Issuer.ToString(),
        ["thisUpdate"] = ShowText.Iso(list.IssuedAt),
        ["nextUpdate"] = list.NextIssueAt is { } next ? ShowText.Iso(next) : null,
        ["number"] = list.Number?.ToString(),
        ["baseNumber"] = list.BaseNumber?.ToString(),
        ["count"] = list.Count,
        ["entries"] = new JsonArray([.. list.Entries.Select(entry => (JsonNode)new JsonObject
        {
            ["serial"] = Convert.ToHexStringLower(entry.SerialNumber.Octets.Span),
            ["date"] = ShowText.Iso(entry.RevocationDate),
            ["issuer"] = entry.CertificateIssuer?.ToString(),
            ["reason"] = entry.Reason is { } reason ? char.ToLowerInvariant(reason.ToString()[0]) + reason.ToString()[1..] : null,
        })]),
        ["extensions"] = new JsonArray([.. list.Extensions.Select(extension => (JsonNode)ExtensionText.Json(extension))]),
    };

    private static string Short(RevocationList list) =>
        $"issuer:  {ShowText.Safe(list.Issuer.ToString())}\nissued:  {ShowText.Iso(list.IssuedAt)}\nnext:    {(list.NextIssueAt is { } next ? ShowText.Iso(next) : "not said")}\n"
        + $"number:  {list.Number?.ToString() ?? "none"}{(list.BaseNumber is { } from ? $", delta on {from}" : "")}\nentries: {list.Count}\n";

    // KeyCompromise becomes Key Compromise, and CACompromise CA Compromise.
    private static string ReasonText(CRLReason reason)
    {
        var name = reason.ToString();
        return string.Concat(name.Select((letter, at) =>
            at > 0 && char.IsUpper(letter) && (char.IsLower(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1]))) ? $" {letter}" : $"{letter}"));
    }

    private static string Text(RevocationList list)
    {
        var text = new StringBuilder();
        text.AppendLine("Certificate Revocation List (CRL):");
        text.AppendLine(list.IsVersion2 ? "        Version 2 (0x1)" : "        Version 1 (0x0)");
        text.Append("        Signature Algorithm: ").AppendLine(PublicKeyText.Algorithm(list.AlgorithmIdentifier));
        text.Append("        Issuer: ").AppendLine(ShowText.Safe(list.Issuer.ToString()));
        text.Append("        Last Update: ").AppendLine(ShowText.OpenSslTime(list.IssuedAt));
        text.Append("        Next Update: ").AppendLine(list.NextIssueAt is { } next ? ShowText.OpenSslTime(next) : "NONE");
        if (list.Extensions.Count > 0)
        {
            text.AppendLine("        CRL extensions:");
            ExtensionText.Append(text, list.Extensions, 12);
        }

        text.AppendLine(list.Count == 0 ? "No Revoked Certificates." : "Revoked Certificates:");
        foreach (var entry in list.Entries)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    Serial Number: {Convert.ToHexString(entry.SerialNumber.Octets.Span)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"        Revocation Date: {ShowText.OpenSslTime(entry.RevocationDate)}");
            if (entry.CertificateIssuer is { } issuer)
            {
                text.Append("        Certificate Issuer: ").AppendLine(ShowText.Safe(issuer.ToString()));
            }

            if (entry.Reason is { } reason)
            {
                text.AppendLine("        CRL entry extensions:").AppendLine("            X509v3 CRL Reason Code: ").Append(' ', 16).AppendLine(ReasonText(reason));
            }
        }

        ShowText.Octets(text.Append("    Signature Value:").AppendLine(), list.Signature.Octets.Span, 8);
        return text.ToString();
    }
}
