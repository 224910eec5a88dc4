using System.CommandLine;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Cli.Invocation;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Crls;

namespace CkiSdk.Cli.Pki;

/// <summary>Is a revocation list that the authority signed before its folder was made, and whose entries go on.</summary>
internal sealed class PreviousList
{
    private readonly RevocationList _list;
    private readonly long _number;

    private PreviousList(RevocationList list, long number) => (_list, _number) = (list, number);

    /// <summary>Makes <c>--previous FILE</c>.</summary>
    public static Option<string?> Option() =>
        new("--previous") { Description = "A complete list of the authority from elsewhere: its entries are taken over, and the number goes on behind its own.", HelpName = "FILE" };

    /// <summary>Reads the list.</summary>
    /// <param name="file">The file; null for none.</param>
    /// <param name="folder">The authority.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The list; null for none.</returns>
    /// <exception cref="CommandException">It cannot be read, is not complete, or is not signed by the authority.</exception>
    public static async Task<PreviousList?> ReadAsync(string? file, AuthorityFolder folder, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        var list = (await PkiInputs.RevocationListsAsync([file], cancellationToken).ConfigureAwait(false))[0];
        var number = 0L;
        if (list.BaseNumber is not null || list.DistributionPoint is not null || (list.Number is { } stated && (!stated.TryToInt64(out number) || number == long.MaxValue)))
        {
            throw CommandException.Usage($"--previous: {file} is a delta list, or of a part of the certificates, or its number is above all.");
        }

        return list.IsSignedBy(folder.Certificate, CryptoProviders.Software) && list.Issuer.Equals(folder.Certificate.Subject)
            ? new PreviousList(list, number)
            : throw new CommandException(ExitCodes.NotTrusted, $"--previous: {file} is not signed by this authority.");
    }

    /// <summary>Gives the number of the next list: above that of this list, too.</summary>
    /// <param name="wanted">What the user wants; null for the next one.</param>
    /// <param name="journal">What the authority did.</param>
    /// <exception cref="CommandException">The wanted number is not above that of this list.</exception>
    public long NumberAfter(long? wanted, AuthorityJournal journal) => wanted is { } number && number <= _number
        ? throw CommandException.Usage($"--number: the list of --previous has the number {_number}, and numbers only grow (RFC 5280 §5.2.3).")
        : wanted ?? Math.Max(_number, journal.ListNumber) + 1;

    /// <summary>Notes the entries that are not revoked yet.</summary>
    /// <param name="journal">What the authority did.</param>
    public void TakeOver(AuthorityJournal journal) => journal.Revoke(_list.Entries
        .Select(entry => new AuthorityRevocation(
            Convert.ToHexStringLower(entry.SerialNumber.Octets.Span),
            entry.RevocationDate,
            entry.Reason ?? CRLReason.Unspecified,
            entry.CertificateIssuer is { } issuer && !issuer.Equals(_list.Issuer) ? Convert.ToHexStringLower(issuer.Encoded.Span) : null))
        .Where(revocation => journal.FindRevocation(revocation.Certificate) is null));
}
