using System.CommandLine;
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
        var indirect = new Option<bool>("--indirect") { Description = "An indirect list: it names the issuer of each certificate, and --revoke takes the files of certificates of any authority. It counts where a certificate names this authority as the issuer of its list." };
        var number = NumberOptions.MakeOptional("--number", 0L, "The number of the list, above those of all before; default: the next one.");
        var (previous, algorithm) = (PreviousList.Option(), AlgorithmOption.Make());
        var verb = new PkiVerb("create", "Signs a revocation list, after revoking what is named.", "cki pki crl create --ca root --revoke server.pem --reason keyCompromise --out crl.pem")
        {
            authority, revoke, reason, delta, indirect, days, number, previous, algorithm, target, form, force,
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
            var before = await PreviousList.ReadAsync(parsed.GetValue(previous), folder, cancellationToken).ConfigureAwait(false);
            var next = before?.NumberAfter(parsed.GetValue(number), folder.Journal) ?? parsed.GetValue(number);
            Check(folder.Journal, parsed.GetValue(delta), next);
            var revoked = new SortedDictionary<string, AuthorityRevocation>(StringComparer.Ordinal);
            foreach (var what in parsed.GetValue(revoke) ?? [])
            {
                var revocation = (await RevocationTarget.FindAsync(folder, what, parsed.GetValue(indirect), cancellationToken).ConfigureAwait(false)).Revoke(now, why);
                CheckReason(what, folder.Journal.FindRevocation(revocation.Certificate), why);
                revoked[revocation.Certificate] = revocation;
            }

            before?.TakeOver(folder.Journal);
            folder.Journal.Revoke(revoked.Values);
            var template = Template(folder.Journal, parsed.GetValue(delta), parsed.GetValue(indirect), next, now, now.AddDays(parsed.GetValue(days)));
            var list = await RevocationListSigner.SignAsync(template, folder.Certificate, folder.Key, signature, cancellationToken).ConfigureAwait(false);
            return PkiOptions.Write(parsed, target, form, force, list.Encoded.Span, "X509 CRL", new RevocationListShow(list).Json(), $"number {list.Number}, {list.Count} entries, until {ShowText.Iso(list.NextIssueAt!.Value)}", output);
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

    private static RevocationListTemplate Template(AuthorityJournal journal, bool isDelta, bool isIndirect, long? number, DateTimeOffset from, DateTimeOffset to)
    {
        var complete = journal.CompleteNumber;
        var entries = RevocationTarget.Entries(isDelta ? journal.Changed : journal.Revoked, isIndirect);
        return new RevocationListTemplate
        {
            IssuedAt = from,
            NextIssueAt = to,
            Number = journal.TakeListNumber(isDelta, number),
            BaseNumber = isDelta ? complete : default(Integer?),
            DistributionPoint = isIndirect ? new IssuingDistPointSyntax { IndirectCRL = true } : null,
            Entries = entries,
        };
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
            var show = new RevocationListShow(list);
            return new PkiResult(show.Json(), show.Short(), show.Text());
        });
    }
}
