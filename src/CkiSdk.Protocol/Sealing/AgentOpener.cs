using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Crls;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;

namespace CkiSdk.Protocol.Sealing;

/// <summary>Opens messages with what a user agent knows, and lets it fetch what it does not know (CKI Part 2 C.18–C.21).</summary>
public static class AgentOpener
{
    /// <summary>Makes the options of the user of an agent.</summary>
    /// <param name="agent">The agent, which stays the caller's.</param>
    /// <param name="user">Its user.</param>
    /// <param name="fetchSeed">
    /// Asks the user's CMA for the seed key of a receive certificate and lets the agent take the answer (<see cref="UserAgent.RequestExternalSeedKey"/>); <see langword="false"/> if it was not granted.
    /// </param>
    /// <param name="findList">Finds the latest revocation list of a CMA; null for those that the agent has.</param>
    /// <param name="scheme">How the key of the content must be encrypted.</param>
    /// <returns>The options.</returns>
    public static OpenerOptions For(
        UserAgent agent,
        DistinguishedName user,
        Func<Certificate, CancellationToken, ValueTask<bool>> fetchSeed,
        Func<DistinguishedName, RevocationList?>? findList = null,
        SealingScheme scheme = SealingScheme.TokenKey)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(fetchSeed);
        return new OpenerOptions { User = user, Scheme = scheme, Groups = agent.Groups, FindIssuer = FindIssuerAsync, FindKey = FindKeyAsync };

        async ValueTask<TrustedIssuer?> FindIssuerAsync(Certificate receive, CancellationToken cancellationToken)
        {
            var known = agent.FindAuthority(receive) ?? (await fetchSeed(receive, cancellationToken).ConfigureAwait(false) ? agent.FindAuthority(receive) : null);
            return known is null ? null : new TrustedIssuer(known, findList is null ? agent.FindCrl(known) : findList(known.Subject)) { IsRevoked = agent.IsRevoked(known) };
        }

        async ValueTask<IDhKey?> FindKeyAsync(Certificate receive, CancellationToken cancellationToken)
        {
            var hasSeed = agent.HasSeed(receive) || await fetchSeed(receive, cancellationToken).ConfigureAwait(false);
            try
            {
                return hasSeed ? await agent.DeriveKeyAsync(receive, DatedKeyUsage.Receive, cancellationToken).ConfigureAwait(false) : null;
            }
            catch (CkiProtocolException)
            {
                return null; // the certificate does not fit the seed key
            }
        }
    }
}
