using CkiSdk.Crypto;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Is a user with what he has got so far.</summary>
internal sealed class ModelUser(TestAgent test) : IDisposable
{
    public TestAgent Test { get; } = test;

    public (Certificate Certificate, IDhKey Key)? Send { get; private set; }

    public Dictionary<DistinguishedName, Certificate> Receive { get; } = [];

    public async Task Take(AgentRequest request, DeliveredMessage answer)
    {
        try
        {
            switch (request)
            {
                case SendCertificateRequest send when await send.CompleteAsync(answer) is SendCertificateResult.Granted granted:
                    Send?.Key.Dispose();
                    Send = (granted.Certificate, granted.PrivateKey);
                    break;
                case ReceiveCertificatesRequest receive when receive.Complete(answer) is ReceiveCertificatesResult.Granted granted:
                    foreach (var certificate in granted.Certificates) Receive[certificate.Subject] = certificate;
                    break;
            }
        }
        catch (CkiProtocolException)
        {
            // A late answer is not taken after newer ones, and no key is derived before the seed key has come.
        }
    }

    public async Task Accept(DeliveredMessage announcement)
    {
        switch (await Test.Agent.AcceptAsync(announcement))
        {
            case AgentAnnouncement.SendCertificate send:
                Send?.Key.Dispose();
                Send = (send.Certificate, await Test.Agent.DeriveKeyAsync(send.Certificate, DatedKeyUsage.Send));
                break;
            case AgentAnnouncement.ReceiveCertificates receive:
                foreach (var certificate in receive.Certificates) Receive[certificate.Subject] = certificate;
                break;
        }
    }

    public async Task FetchAll()
    {
        ReadOnlyMemory<byte>? last = null;
        while (await Test.Cma.Cma.NextAnnouncementAsync(Test.User.Peer, SecurityServices.All, last) is { } next)
        {
            await Accept(Test.Cma.Deliver(next));
            last = next;
        }
    }

    public void Dispose() => Send?.Key.Dispose();
}
