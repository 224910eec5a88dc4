using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.SecureExchange;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Exchange;

/// <summary>Is the first state of an exchange: the own hello is ready to be sent, and the peer's is awaited.</summary>
/// <remarks>
/// The exchange makes no input or output of its own: the caller carries <see cref="Hello"/>, then <see cref="ExchangeKeying.KeyMessage"/>, then the messages of
/// <see cref="ExchangeChannel"/> to the peer by whatever means, and the peer's to here.
/// </remarks>
public sealed class ExchangeOffer
{
    private const int MaxHello = 256 * 1024;

    private readonly ExchangeIdentity _identity;
    private readonly ExchangePeer _peer;
    private readonly CryptoProvider _provider;

    /// <summary>Makes the hello.</summary>
    /// <param name="identity">Who one is.</param>
    /// <param name="peer">With whom one wants to talk.</param>
    /// <param name="role">Which side one is; the peer is the other one.</param>
    /// <param name="provider">What encrypts, signs and draws nonces.</param>
    public ExchangeOffer(ExchangeIdentity identity, ExchangePeer peer, ExchangeRole role, CryptoProvider provider)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(provider);
        (_identity, _peer, _provider, Role) = (identity, peer, provider, role);
        var certificates = identity.Authorities.Prepend(identity.Certificate).Select(certificate => new OctetString(certificate.Encoded)).ToArray();
        Hello = new ExchangeHello { Version = 1, Role = role, Nonce = provider.Random.Octets(32), Certificates = certificates }.Encode();
    }

    /// <summary>Gets which side one is.</summary>
    public ExchangeRole Role { get; }

    /// <summary>Gets the first flight: certificates and a nonce.</summary>
    public ReadOnlyMemory<byte> Hello { get; }

    /// <summary>Checks the peer's certificate, draws a key and encrypts it to him.</summary>
    /// <param name="hello">The peer's first flight.</param>
    /// <param name="cancellationToken">Gives up waiting for a device.</param>
    /// <returns>The next state.</returns>
    /// <exception cref="ExchangeRefusedException">The octets are no hello of the other side, or the certificate is not trusted or another's.</exception>
    /// <exception cref="CryptoProviderException">A device failed.</exception>
    public async ValueTask<ExchangeKeying> AcceptAsync(ReadOnlyMemory<byte> hello, CancellationToken cancellationToken = default)
    {
        if (hello.Length > MaxHello || !ExchangeHello.TryDecode(hello, out var theirs) || theirs.Role == Role)
            throw new ExchangeRefusedException("The peer sent no hello of the other side.");
        var certificates = theirs.Certificates.Select(octets => Certificate.TryDecode(octets.Memory, out var certificate) ? certificate : null).ToArray();
        if (certificates[0] is not { } peer)
            throw new ExchangeRefusedException("The peer's certificate is malformed.");
        if (_peer.FindObjection(peer, [.. certificates.Skip(1).OfType<Certificate>()]) is { } objection)
            throw new ExchangeRefusedException($"The peer was refused: {objection}.");
        return await ExchangeKeying.StartAsync(_identity, peer, Role, Hello, hello, _provider, cancellationToken).ConfigureAwait(false);
    }
}
