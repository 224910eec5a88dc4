using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Protocol.Binding;

/// <summary>Is a connection after its bind: knows the peer, and gives and checks the nonces of both directions (CKI Part 2 ¶136). What parties write and read goes through it.</summary>
/// <remarks>
/// A party writes a message before it is known on which connection, and as the how many-eth, it goes out. So the senderNonce is set here, and where an
/// answer repeats it as recipNonce, the party gets back the one that it wrote.
/// </remarks>
public sealed class BoundConnection
{
    // Far more requests than anybody has in flight; an answer to one that was forgotten is refused by who asked.
    private const int MostRemembered = 4096;

    private readonly Lock _gate = new();
    private readonly NonceSequence _sent;
    private readonly NonceSequence _received;
    private readonly Queue<OctetString> _order = new();
    private readonly Dictionary<OctetString, OctetString> _written = [];

    internal BoundConnection(Peer peer, SecurityServices services, ReadOnlyMemory<byte> sent, ReadOnlyMemory<byte> received) =>
        (Peer, Services, _sent, _received) = (peer, services, new NonceSequence(sent), new NonceSequence(received));

    /// <summary>Gets the other side as the bind has authenticated it.</summary>
    public Peer Peer { get; }

    /// <summary>Gets the services that messages on this connection have.</summary>
    public SecurityServices Services { get; }

    /// <summary>Makes the next message to send: the one given, with the nonce whose turn it is. Messages must be sent in the order of these calls.</summary>
    /// <param name="message">The DER of a PKIMessage.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public ReadOnlyMemory<byte> Send(ReadOnlyMemory<byte> message)
    {
        var written = Decode(message) ?? throw new ArgumentException("On a bound connection only PKIMessages are sent.", nameof(message));
        lock (_gate)
        {
            var nonce = _sent.Take();
            if (written.Header is { RecipNonce: null, SenderNonce: { } own })
            {
                Remember(nonce, own);
            }

            return (written with { Header = written.Header with { SenderNonce = nonce } }).Encode();
        }
    }

    /// <summary>Checks the next message that was received.</summary>
    /// <param name="message">The octets.</param>
    /// <returns>The message as the party that it answers expects it.</returns>
    /// <exception cref="CkiProtocolException">It is no PKIMessage, or its nonce is not the one whose turn it is: the connection must be closed.</exception>
    public ReadOnlyMemory<byte> Receive(ReadOnlyMemory<byte> message)
    {
        var read = Decode(message) ?? throw new CkiProtocolException("message: it is no PKIMessage of the CKI (CKI Part 2 ¶10).");
        lock (_gate)
        {
            if (read.Header.SenderNonce != _received.Take())
            {
                throw new CkiProtocolException(PKIFailureInfo.BadMessageCheck, "header.senderNonce: it does not follow the one before; a message is missing, repeated or out of order (CKI Part 2 ¶136).");
            }

            return read.Header.RecipNonce is { } repeated && _written.TryGetValue(repeated, out var own)
                ? (read with { Header = read.Header with { RecipNonce = own } }).Encode()
                : message;
        }
    }

    private void Remember(OctetString nonce, OctetString own)
    {
        if (_order.Count >= MostRemembered)
        {
            _written.Remove(_order.Dequeue());
        }

        _order.Enqueue(nonce);
        _written[nonce] = own;
    }

    private static PKIMessage? Decode(ReadOnlyMemory<byte> octets)
    {
        try
        {
            return MessageReader.Decode(octets);
        }
        catch (Exception exception) when (exception is DerException or CkiProtocolException)
        {
            return null;
        }
    }
}
