using CkiSdk.Asn1;
using CkiSdk.Asn1.Modules.CertificateExtensions;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Fuzz.Roles;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Messages;

namespace CkiSdk.Fuzz.Targets;

/// <summary>Sends anything to every role in whatever state it is: it always answers or closes, never throws, and never lets a key out.</summary>
/// <remarks>
/// The first octet of an input chooses the role (3 bits), the sender (3 bits), whether the message had all services, and whether its header is made right, so that the body is
/// reached; the rest is the message.
/// </remarks>
internal sealed class RoleTarget : IFuzzTarget
{
    private const int MostInputs = 20_000; // then the stores have grown, and the world begins anew
    private readonly CanaryObserver _observer = new();
    private Lazy<RoleWorld> _world = new(RoleWorld.Create);
    private int _inputs;

    /// <inheritdoc/>
    public string Name => "roles";

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds => from message in RoleSeeds.Of(RoleWorld.Create()) from first in new byte[] { 0x40, 0xC0, 0xC1, 0xE0, 0xE1, 0xE2, 0xE3, 0xE4 } select (byte[])[first, .. message];

    /// <inheritdoc/>
    public bool Try(byte[] input)
    {
        if (input.Length == 0) return false;
        if (_inputs++ % MostInputs == MostInputs - 1) _world = new(RoleWorld.Create);
        var (world, first) = (_world.Value, input[0]);
        var (sender, services) = (world.Senders[(first >> 3) & 7], (first & 0x40) != 0 ? SecurityServices.All : SecurityServices.OriginAuthentication | SecurityServices.Integrity);
        var role = first & 7;
        var octets = (first & 0x80) != 0 ? Repaired(input.AsMemory(1), world, role, sender) : input.AsMemory(1);
        var delivered = new DeliveredMessage(octets, services, (first & 0x40) != 0 || role != 5 ? sender : null);
        return role switch
        {
            0 or 1 => Handle(world.A.Cma, delivered),
            2 => Handle(world.Top, delivered),
            3 => Accept(world, delivered),
            4 => Bind(world, octets),
            5 => Handle(world.B.Cma, delivered),
            6 => Complete(world, delivered),
            _ => Announced(world, sender),
        };
    }

    private bool Handle(IMessageHandler party, DeliveredMessage delivered)
    {
        var before = _observer.Seen;
        var result = RoleWorld.Wait(new CkiServer(party, _observer).HandleAsync(delivered));
        if (_observer.Seen == before) throw new FuzzException("a message is not logged");
        switch (result)
        {
            case HandlingResult.Answer answer: return Check(answer.Message);
            case HandlingResult.Waiting waiting: return Check(waiting.Message);
            case HandlingResult.Refused refused:
                Canaries.None(refused.Text);
                return false;
            default: return true;
        }
    }

    private static bool Accept(RoleWorld world, DeliveredMessage delivered)
    {
        try
        {
            RoleWorld.Wait(world.Agent.AcceptAsync(delivered with { Sender = world.A.Peer }));
            return true;
        }
        catch (Exception exception) when (exception is CkiProtocolException or DerException)
        {
            Canaries.None(exception.ToString());
            return false;
        }
    }

    private static bool Complete(RoleWorld world, DeliveredMessage delivered)
    {
        try
        {
            RoleWorld.Wait(world.A.Cma.Requests.CompleteAsync(delivered));
            return true;
        }
        catch (CkiProtocolException exception)
        {
            Canaries.None(exception.ToString());
            return false;
        }
    }

    private static bool Bind(RoleWorld world, ReadOnlyMemory<byte> octets)
    {
        switch (RoleWorld.Wait(world.A.Cma.Binds!.AnswerAsync(octets, BindChannel.Plain)))
        {
            case BindOutcome.Bound bound: return Check(bound.Answer);
            case BindOutcome.Rejected rejected: return Check(rejected.Answer);
            default: return false;
        }
    }

    private bool Announced(RoleWorld world, Peer peer)
    {
        ReadOnlyMemory<byte>? last = null;
        foreach (var party in new IMessageHandler[] { world.A.Cma, world.B.Cma, world.Top })
        {
            while (RoleWorld.Wait(new CkiServer(party, _observer).NextAnnouncementAsync(peer, SecurityServices.All, last)) is { } next)
            {
                Check(next);
                last = next;
            }
        }

        Canaries.None(world.A.Store, world.B.Store, world.TopStore);
        return last is not null;
    }

    private static bool Check(ReadOnlyMemory<byte> message)
    {
        Canaries.None(message.Span);
        if (!PKIMessage.Decode(message).Encode().AsSpan().SequenceEqual(message.Span)) throw new FuzzException("an answer that is not its own encoding");
        return true;
    }

    // Sender, recipient, nonces and time as the rules want them, so that mutations of the body go where bodies are handled.
    private static ReadOnlyMemory<byte> Repaired(ReadOnlyMemory<byte> octets, RoleWorld world, int role, Peer sender)
    {
        if (!PKIMessage.TryDecode(octets, out var message)) return octets;
        var recipient = role switch { 2 => world.TopName, 3 => world.Senders[0].Name, 5 => world.B.Name, _ => world.A.Name };
        var nonce = message.Header.SenderNonce is { Length: MessageWriter.NonceLength } sent ? sent : (OctetString)new byte[MessageWriter.NonceLength];
        var header = message.Header with
        {
            Pvno = MessageReader.Version,
            Sender = new GeneralName.DirectoryName((role == 3 ? world.A.Name : sender.Name).Name),
            Recipient = new GeneralName.DirectoryName(recipient.Name),
            MessageTime = GeneralizedTime.From(RoleWorld.Now, 7),
            ProtectionAlg = null,
            SenderNonce = nonce,
            RecipNonce = role == 6 ? message.Header.RecipNonce : null,
            TransactionID = role == 6 ? message.Header.TransactionID : (OctetString)System.Security.Cryptography.SHA256.HashData(octets.Span)[..MessageWriter.NonceLength],
        };
        return (message with { Header = header, Protection = null }).Encode();
    }
}
