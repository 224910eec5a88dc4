using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Cli.Homes;

/// <summary>Keeps the authentication certificate of each user of a CMA that was made last: the ones before end with it, because somebody else may have their keys.</summary>
internal sealed class UserCertificates
{
    private readonly ICmaStore _store;
    private readonly bool _isNear;
    private volatile IStateView _state;

    private UserCertificates(ICmaStore store, IStateView state, bool isNear) => (_store, _state, _isNear) = (store, state, isNear);

    /// <summary>Looks into a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<UserCertificates> OpenAsync(ICmaStore store, CancellationToken cancellationToken)
    {
        var asked = store.StateAsync(cancellationToken);
        var isNear = asked.IsCompleted;
        return new UserCertificates(store, await asked.ConfigureAwait(false), isNear);
    }

    /// <summary>Makes the change that makes a certificate the one of its user.</summary>
    /// <param name="certificate">The certificate.</param>
    public static StoreChange Change(Certificate certificate) =>
        new StoreChange.PutUser(new EnrolledUser(certificate.Subject.Canonical, certificate.Subject.Encoded) { AuthenticationCertificate = certificate.Encoded });

    /// <summary>Looks again: a store on another machine is asked now and then, and not with each message.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The state that was found.</returns>
    public async Task<IStateView> RefreshAsync(CancellationToken cancellationToken) => _state = await _store.StateAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Tells whether a user shows the certificate that was made last; one of whom none is known may show any.</summary>
    /// <param name="user">The user.</param>
    public bool IsCurrent(Peer user)
    {
        ArgumentNullException.ThrowIfNull(user);
        try
        {
            var state = _isNear && _store.StateAsync().AsTask() is { IsCompletedSuccessfully: true } now ? now.Result : _state;
            return state.FindUser(user.Name.Canonical) is not { AuthenticationCertificate: { IsEmpty: false } current } || current.Span.SequenceEqual(user.Certificate.Encoded.Span);
        }
        catch (Exception exception) when (exception is CmaStoreException or ObjectDisposedException)
        {
            return false;
        }
    }
}
