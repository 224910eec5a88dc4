using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Binding;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Makes real messages of all bodies by running the exchanges once.</summary>
internal static class RoleSeeds
{
    /// <summary>Makes the messages.</summary>
    public static IReadOnlyList<byte[]> Of(RoleWorld world)
    {
        var messages = new List<byte[]>();
        var (user, officer) = (world.Senders[0], world.Senders[3]);
        var send = world.Agent.RequestSendCertificate(RoleWorld.Now);
        var receive = world.Agent.RequestReceiveCertificates([user.Name, Pki.Names.DistinguishedName.Parse("CN=B1,O=Domain B,C=GB")], RoleWorld.Now);
        var certificate = Pki.Certificates.Certificate.From(((PKIBody.CkiSCrp)Ask(world.A.Cma, send.Octets, user).Body).Value.SendCertificate!);
        var received = Pki.Certificates.Certificate.From(((PKIBody.CkiRCrp)Ask(world.A.Cma, receive.Octets, user).Body).Value.ReceiveCerts!.Value[0]);
        Ask(world.A.Cma, world.Agent.RequestExternalSeedKey(received).Octets, user);
        var recovery = world.Agent.RequestKeyRecovery([certificate]);
        var approvers = new[] { "CN=One,C=GB", "CN=Two,C=GB" }.Select(Pki.Names.DistinguishedName.Parse).ToArray();
        foreach (var approver in approvers) RoleWorld.Wait(world.A.Cma.Peers.PutAsync(approver, PartyKinds.RecoveryApprover));
        Ask(world.A.Cma, WithSender(recovery.Octets, officer), officer);
        foreach (var approver in approvers) RoleWorld.Wait(world.A.Cma.Recovery.ApproveAsync(RoleWorld.Wait(world.A.Cma.Recovery.ListAsync())[^1].Id, approver));
        Ask(world.A.Cma, WithSender(recovery.Octets, officer), officer);
        var domains = RoleWorld.Wait(world.A.Cma.Requests.RequestDomainsAsync(true, null, [new RequestedDomain(world.B.Name)]));
        Ask(world.Top, domains.Octets, world.A.Peer);
        var peer = RoleWorld.Wait(world.A.Cma.Requests.RequestPeerKeyAsync(world.B.Name));
        Ask(world.B.Cma, peer.Octets, world.A.Peer);
        Ask(world.A.Cma, RoleWorld.Wait(world.B.Cma.Requests.RequestPeerKeyAsync(world.A.Name)).Octets, world.B.Peer);
        RoleWorld.Wait(world.A.Cma.MaintainAsync());
        Announce(world.A.Cma, user);
        Announce(world.A.Cma, world.B.Peer);
        Announce(world.Top, world.B.Peer);
        Bind(world.A.Cma.Binds!, new BindInitiator(world.BindTo(world.A.Name, user.Name), BindChannel.Plain, world.Clock));
        return messages;

        PKIMessage Ask(IMessageHandler party, ReadOnlyMemory<byte> octets, Peer sender)
        {
            messages.Add(octets.ToArray());
            var result = RoleWorld.Wait(party.HandleAsync(new DeliveredMessage(octets, SecurityServices.All, sender)));
            var answer = result is HandlingResult.Waiting waiting ? waiting.Message : ((HandlingResult.Answer)result).Message;
            messages.Add(answer.ToArray());
            return PKIMessage.Decode(answer);
        }

        void Announce(IMessageHandler party, Peer recipient)
        {
            ReadOnlyMemory<byte>? last = null;
            while (RoleWorld.Wait(party.NextAnnouncementAsync(recipient, SecurityServices.All, last)) is { } next)
            {
                messages.Add(next.ToArray());
                last = next;
            }
        }

        void Bind(BindResponder responder, BindInitiator initiator)
        {
            var request = RoleWorld.Wait(initiator.BeginAsync());
            messages.Add(request.ToArray());
            messages.Add(((BindOutcome.Bound)RoleWorld.Wait(responder.AnswerAsync(request, BindChannel.Plain))).Answer.ToArray());
        }
    }

    private static byte[] WithSender(ReadOnlyMemory<byte> octets, Peer sender)
    {
        var message = PKIMessage.Decode(octets);
        var header = message.Header with { Sender = new Asn1.Modules.CertificateExtensions.GeneralName.DirectoryName(sender.Name.Name) };
        return (message with { Header = header, ExtraCerts = null }).Encode();
    }
}
