using System.Net;
using CkiSdk;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Client;
using CkiSdk.Transports.Tcp;
using CkiSdk.Transports.Tls;

namespace ClientAndServer;

internal static class Client
{
    /// <summary>Fetches a user's keys and seals a text to himself.</summary>
    public static async Task<byte[]> SealAsync(IPEndPoint server, Certificate cma, Party user, Stream content)
    {
        await using var transport = new TcpCkiTransport(new TcpTransportOptions
        {
            Host = server.Address.ToString(),
            Port = server.Port,
            Certificate = user.Tls,
            Server = new PeerTrust([user.Anchor], cma.Subject),
        });
        var options = new UserAgentOptions { User = user.Name, CmaCertificate = cma, Encryption = user.Encryption };
        using var agent = new UserAgent(options, CryptoProviders.Software, TimeProvider.System);
        var client = new CkiClient(agent, transport);
        await client.FetchAnnouncementsAsync();                                   // the seed key, the CRL
        using var message = new MemoryStream();
        await client.SealAsync(content, message, [user.Name]);                    // asks for the certificates that it needs
        return message.ToArray();
    }
}
