using System.Security.Cryptography.X509Certificates;
using CkiSdk.Protocol;

namespace CkiSdk.Transports.Tls;

/// <summary>Tells of the peer of an open connection whether it would still be accepted: who is enrolled anew, removed or expired meanwhile sends nothing more.</summary>
/// <remarks>The answer is kept for a short time, because it is asked for with each message.</remarks>
public sealed class PeerStanding
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);

    private readonly PeerTrust _trust;
    private readonly Peer _peer;
    private readonly X509Certificate2Collection _anchors;
    private readonly Lock _gate = new();
    private DateTimeOffset _askedAt;
    private string? _refusal;

    internal PeerStanding(PeerTrust trust, Peer peer, X509Certificate2Collection anchors, DateTimeOffset now) => (_trust, _peer, _anchors, _askedAt) = (trust, peer, anchors, now);

    /// <summary>Finds out why the peer is accepted no more, for the own log; null if it is.</summary>
    public string? FindRefusal()
    {
        lock (_gate)
        {
            var now = _trust.Time.GetUtcNow();
            if (_refusal is null && (now - _askedAt).Duration() >= Kept) (_refusal, _askedAt) = (_trust.CheckAgain(_peer, _anchors, now), now);
            return _refusal;
        }
    }
}
