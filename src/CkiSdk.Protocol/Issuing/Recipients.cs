using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Storage;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Issuing;

/// <summary>Finds the home domains of recipients (CKI Part 2 ¶93) and refuses those who are revoked (¶94).</summary>
internal sealed class Recipients(CmaContext cma)
{
    private const string Field = "recipientUsers";
    private const int LongestName = 4096; // octets; far more than X.520's upper bounds add up to

    /// <summary>Finds a recipient.</summary>
    /// <returns>Why he gets no certificate, or the recipient.</returns>
    public async ValueTask<(Rejection? Rejection, Recipient? Recipient)> FindAsync(DistinguishedName user, CancellationToken cancellationToken) =>
        await FindAsync([user], await cma.Store.StateAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is var (rejection, recipients) && rejection is null
            ? (null, recipients[0])
            : (rejection, null);

    /// <summary>Finds recipients, each once, in the order in which they were first named.</summary>
    /// <returns>Why one of them gets no certificate, or the recipients.</returns>
    public async ValueTask<(Rejection? Rejection, IReadOnlyList<Recipient> Recipients)> FindAsync(IEnumerable<DistinguishedName> users, IStateView state, CancellationToken cancellationToken)
    {
        var authorities = cma.Authorities.InForce(cma.Now, state);
        var recipients = new List<Recipient>();
        foreach (var user in users.Distinct())
        {
            var (rejection, recipient) = Find(user, authorities, state);
            if (recipient is null)
            {
                return (rejection, []);
            }

            recipients.Add(recipient);
        }

        return (null, await NameAsync(recipients, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Lists the users, each once, who are in no domain that is known.</summary>
    public IReadOnlyList<DistinguishedName> ListStrangers(IEnumerable<DistinguishedName> users, IStateView state)
    {
        var authorities = cma.Authorities.InForce(cma.Now, state);
        return [.. users.Distinct().Where(user => FindFault(user) is null && DomainRule.FindHomes(authorities, user).Count == 0)];
    }

    /// <summary>Gives each external recipient the name that was fixed for him, and what fixes it where none was.</summary>
    private async ValueTask<IReadOnlyList<Recipient>> NameAsync(List<Recipient> recipients, CancellationToken cancellationToken)
    {
        string[] externals = [.. recipients.Where(recipient => recipient.Home is not null).Select(recipient => recipient.Name.Canonical)];
        if (externals.Length == 0)
        {
            return recipients;
        }

        var known = await cma.Store.FindNamesAsync(externals, cancellationToken).ConfigureAwait(false);
        return recipients.ConvertAll(recipient => recipient switch
        {
            { Home: null } => recipient,
            { Name: var name } when known.TryGetValue(name.Canonical, out var first) => recipient with { Name = DistinguishedName.Decode(first) },
            { Name: var name } => recipient with { Fix = new StoreChange.FixName(name.Canonical, name.Encoded) },
        });
    }

    private (Rejection? Rejection, Recipient? Recipient) Find(DistinguishedName user, IReadOnlyList<Certificate> authorities, IStateView state)
    {
        if (FindFault(user) is { } fault)
        {
            return (fault, null);
        }

        var homes = DomainRule.FindHomes(authorities, user);
        if (homes.Count != 1)
        {
            return homes.Count == 0
                ? Refuse(PKIFailureInfo.UnrecognisedDomain, $"{user} is in no domain that this CMA knows", "CKI Part 2 ¶93, ¶99 a", "Ask the operator of the CMA to set up communication with his domain.")
                : Refuse(PKIFailureInfo.UserInMoreThanOneCMADomain, $"{user} is in the domains of {string.Join(" and ", homes.Select(home => home.Subject))}", "CKI Part 2 ¶93, ¶99 e", "Ask the operators to separate the domains.");
        }

        if (state.FindRevokedUser(user.Canonical) is not null)
        {
            return Refuse(PKIFailureInfo.UserInRevokedUserList, $"{user} is revoked", "CKI Part 2 ¶94, ¶99 f", "Ask again when a new list of his domain no longer names him.");
        }

        var home = homes[0].Subject;
        if (!home.Equals(cma.Me))
        {
            return (null, new Recipient(user, home.Canonical));
        }

        return state.FindUser(user.Canonical) is { } enrolled
            ? (null, new Recipient(DistinguishedName.Decode(enrolled.Name), Home: null))
            : Refuse(PKIFailureInfo.InvalidRequestParameters, $"{user} is in this domain, but not enrolled", "CKI Part 2 ¶99 c", "Ask the operator of the CMA to enrol him.");
    }

    private static Rejection? FindFault(DistinguishedName user)
    {
        if (user.Count == 0 || !user.HasOnlyCurrentStrings)
        {
            return new Rejection(PKIFailureInfo.InvalidRequestParameters, Field, $"{user} has a value that is neither PrintableString nor UTF8String, or none at all", "CKI Part 2 ¶99 c, profile section 2", "Encode the name with those types.");
        }

        // The first form of a name that is seen stays the one in all certificates (profile section 2).
        return user.Encoded.Length > LongestName
            ? new Rejection(PKIFailureInfo.InvalidRequestParameters, Field, $"a name of {user.Encoded.Length} octets is longer than {LongestName}", "CKI Part 2 ¶99 c", "Write the name as it is, without more spaces.")
            : null;
    }

    private static (Rejection? Rejection, Recipient? Recipient) Refuse(PKIFailureInfo failure, string value, string paragraph, string nextStep) =>
        (new Rejection(failure, Field, value, paragraph, nextStep), null);
}
