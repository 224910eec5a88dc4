using System.Text;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Mime;
using CkiSdk.Transports.Mail.Tests.Memory;
using CkiSdk.Transports.Mail.Tests.Mime;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Faults;

namespace CkiSdk.Transports.Mail.Tests.Faults;

/// <summary>Holds the transport by mail to the list of faults: messages, in a mail system that loses them.</summary>
public sealed class MailMessageFaultTests : MessageFaultContract
{
    private protected override async ValueTask<MessageWay> StartAsync(OnceParty party, TimeSpan? patience = null) => await Way.StartAsync(party, patience);

    private sealed class Way(OnceParty party, MemoryPost post, MailAccount server, MailAccount client, TimeSpan? patience) : MessageWay(party)
    {
        private const string ByAside = "a2@cki.test";

        public static async Task<MessageWay> StartAsync(OnceParty party, TimeSpan? patience)
        {
            var post = new MemoryPost();
            var way = new Way(party, post, await MemoryMail.ServerAsync(post), MemoryMail.Account(post, MemoryMail.ClientAddress, await CmsParty.Client, Quick), patience);
            await MailListener.StartAsync(party, way.Server, cancellationToken: TestContext.Current.CancellationToken);
            return way;
        }

        private MailAccount Server => server;

        public override async ValueTask<ICkiTransport> ConnectAsync() => await MemoryMail.ConnectAsync(client, options => options with { AnswerTimeout = patience ?? options.AnswerTimeout });

        public override async ValueTask<ICkiTransport> ConnectAsideAsync()
        {
            var aside = MemoryMail.Account(post, ByAside, await CmsParty.Client, Quick);
            return new JoinedMail(await MemoryMail.ConnectAsync(aside), aside);
        }

        public override async Task LoseAsync(bool isRequest, Func<Task> ask)
        {
            var number = 0;
            post.Copies = _ => Interlocked.Increment(ref number) == (isRequest ? 1 : 2) ? 0 : 1;
            await ask();
            post.Copies = _ => 1;
        }

        public override async ValueTask<byte[]> WrapAsync(byte[] request) => await Attacks.SealedAsync(
            await CmsParty.Client, (await CmsParty.Server).EncryptionCertificate, new MailContent { Octets = request, MessageId = $"{Guid.NewGuid():N}.1@cki.test", From = "recorded@cki.test" });

        public override Task InjectAsync(byte[] octets)
        {
            post.Deliver(MemoryMail.ServerAddress, octets);
            return Task.CompletedTask;
        }

        public override IEnumerable<(string Description, byte[] Octets)> Hostile(byte[] whole)
        {
            var text = Encoding.ASCII.GetString(whole);
            var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            yield return ("a mail without a header", whole[body..]);
            yield return ("a mail in a mail", MailFramingTests.Mail("message/rfc822", text));
            yield return ("a mail as an attachment", MailFramingTests.Mail("multipart/mixed; boundary=b", $"--b\r\n{text}\r\n--b--\r\n"));
            yield return ("another type", Encoding.ASCII.GetBytes(text.Replace("application/pkcs7-mime", "text/plain", StringComparison.Ordinal)));
            yield return ("another transfer encoding", Encoding.ASCII.GetBytes(text.Replace("Transfer-Encoding: base64", "Transfer-Encoding: quoted-printable", StringComparison.Ordinal)));
            yield return ("two messages in one", [.. whole, .. whole[body..]]);
            yield return ("a report of a mail that nobody sent", Bounces.Report("gone.1@cki.test"));
            for (var i = body + ((whole.Length - body) / 2); i < whole.Length - 80; i += 197)
                if (char.IsAsciiLetter((char)whole[i])) yield return ($"a mail whose octet {i} was changed", [.. whole[..i], (byte)(whole[i] ^ 0x20), .. whole[(i + 1)..]]);
        }

        public override async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            await server.DisposeAsync();
        }

        private static MailAccountOptions Quick(MailAccountOptions options) => options with { ResendAfter = TimeSpan.FromMilliseconds(20) };
    }
}
