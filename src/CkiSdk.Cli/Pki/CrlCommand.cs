using System.CommandLine;
using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Paths;

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
        var (previous, algorithm) = (PreviousList.Option(), AlgorithmOption.Make());
        var verb = new PkiVerb("create", "Signs a revocation list, after revoking what is named.", "cki pki crl create --ca root --revoke server.pem --reason keyCompromise --out crl.pem")
        {
            authority, revoke, reason, delta, days, number, previous, algorithm, target, form, force,
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
            var serials = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var what in parsed.GetValue(revoke) ?? [])
            {
                var serial = await FindAsync(folder, what, cancellationToken).ConfigureAwait(false);
                CheckReason(what, folder.Journal.FindRevocation(serial), why);
                serials.Add(serial);
            }

            before?.TakeOver(folder.Journal);
            serials.ToList().ForEach(serial => folder.Journal.Revoke(new AuthorityRevocation(serial, now, why)));
            var template = Template(folder.Journal, parsed.GetValue(delta), next, now, now.AddDays(parsed.GetValue(days)));
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

    // A certificate that the authority issued before its folder was made is known by its signature.
    private static async Task<string> FindAsync(AuthorityFolder folder, string what, CancellationToken cancellationToken)
    {
        var serial = what.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        if (File.Exists(what))
        {
            var certificate = await PkiInputs.CertificateAsync(what, cancellationToken).ConfigureAwait(false);
            var validator = new PathValidator([new TrustAnchor(folder.Certificate)], CryptoProviders.Software);
            var isOurs = certificate.Issuer.Equals(folder.Certificate.Subject)
                && validator.VerifySignatures(certificate, [], LegacyAlgorithms.Sha1 | LegacyAlgorithms.Dsa | LegacyAlgorithms.SmallExponents).IsValid;
            return isOurs ? AuthorityFolder.SerialOf(certificate) : throw NotOurs(what);
        }

        return folder.Journal.Has(serial) ? serial : throw NotOurs(what);
    }

    private static CommandException NotOurs(string what) => new(ExitCodes.NotFound, $"--revoke: this authority issued no certificate {what}.");

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
