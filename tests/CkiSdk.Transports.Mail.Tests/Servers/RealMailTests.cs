using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Protocol;
using CkiSdk.TestSupport;
using CkiSdk.TestSupport.Mail;
using CkiSdk.Transports.Mail.Accounts;
using CkiSdk.Transports.Mail.Servers;
using CkiSdk.Transports.Tests.Cms;
using CkiSdk.Transports.Tests.Contract;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CkiSdk.Transports.Mail.Tests.Servers;

/// <summary>Shows the transport with Exim and Dovecot: what they hold afterwards, what they refuse, and what they send back.</summary>
public sealed class RealMailTests(MailServersFixture servers)
{
    private static readonly byte[] Request = [0x30, 0x03, 0x02, 0x01, 0x05];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MailboxProtocol.Imap, true)]
    [InlineData(MailboxProtocol.Imap, false)]
    [InlineData(MailboxProtocol.Pop3, false)]
    public async Task ForeignMail_StaysUnread_AndOurOwnGoes(MailboxProtocol protocol, bool hasIdle)
    {
        var system = await servers.System;
        var (clientAddress, serverAddress) = (MailSystem.NewAddress("client"), MailSystem.NewAddress("server"));
        for (var i = 0; i < 3; i++) await WriteAsync(system, clientAddress, serverAddress, $"letter {i}");
        var options = MailServersFixture.Options(system, serverAddress, await CmsParty.Server, protocol);
        if (protocol == MailboxProtocol.Imap && !hasIdle) options = options with { Incoming = options.Incoming with { Host = MailSystem.HostWithoutIdle } };
        using (var probe = await OpenAsync(system, serverAddress, options.Incoming.Host)) Assert.Equal(hasIdle || protocol == MailboxProtocol.Pop3, probe.Capabilities.HasFlag(ImapCapabilities.Idle));
        var party = new ScriptedParty { Results = message => message.Octets.Length == 1 ? new HandlingResult.Refused("no message") : new HandlingResult.Answer(message.Octets) };
        await using (var server = new MailAccount(options))
        {
            await MailListener.StartAsync(party, server, cancellationToken: Cancel);
            await using var client = new MailAccount(MailServersFixture.Options(system, clientAddress, await CmsParty.Client));
            await using var transport = new MailTransport(client, await ServerAsync(serverAddress));
            Assert.Equal(Request, (await transport.ExchangeAsync(Request, Cancel)).Message!.Value.ToArray());
            Assert.Equal("no message", (await transport.ExchangeAsync(new byte[] { 1 }, Cancel)).Refusal);
        }

        var (letters, isUnread) = await LookAsync(system, serverAddress, "INBOX");
        Assert.Equal(protocol == MailboxProtocol.Imap ? ["letter 0", "letter 1", "letter 2"] : ["CKI message", "letter 0", "letter 1", "letter 2"], letters.Order());
        Assert.True(isUnread);
        if (protocol == MailboxProtocol.Imap) Assert.Single((await LookAsync(system, serverAddress, "CKI failed")).Subjects);
        Assert.Empty((await LookAsync(system, clientAddress, "INBOX")).Subjects);
    }

    [Fact]
    public async Task UnknownRecipient_IsRefusedAtOnce()
    {
        var system = await servers.System;
        await using var client = new MailAccount(MailServersFixture.Options(system, MailSystem.NewAddress("client"), await CmsParty.Client));
        await using var transport = new MailTransport(client, await ServerAsync($"nobody@{MailSystem.Domain}"));
        var fault = await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel));
        Assert.Equal(CkiTransportFault.Violation, fault.Fault);
        Assert.Contains("550 there is no such user", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounce_EndsTheWait_AndIsTakenAway()
    {
        var system = await servers.System;
        var address = MailSystem.NewAddress("client");
        await using (var client = new MailAccount(MailServersFixture.Options(system, address, await CmsParty.Client)))
        {
            await using var transport = new MailTransport(client, await ServerAsync($"gone@{MailSystem.Domain}"));
            var fault = await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel));
            Assert.Equal(CkiTransportFault.Unreachable, fault.Fault);
            Assert.Contains("was not delivered", fault.Message, StringComparison.Ordinal);
        }

        Assert.Empty((await LookAsync(system, address, "INBOX")).Subjects);
    }

    [Fact]
    public async Task Done_MayGoToAFolder_ThatIsMade()
    {
        var system = await servers.System;
        var (clientAddress, serverAddress) = (MailSystem.NewAddress("client"), MailSystem.NewAddress("server"));
        await using (var server = new MailAccount(MailServersFixture.Options(system, serverAddress, await CmsParty.Server) with { DoneFolder = "CKI done" }))
        {
            await MailListener.StartAsync(new ScriptedParty(), server, cancellationToken: Cancel);
            await using var client = new MailAccount(MailServersFixture.Options(system, clientAddress, await CmsParty.Client));
            await using var transport = new MailTransport(client, await ServerAsync(serverAddress));
            await transport.ExchangeAsync(Request, Cancel);
        }

        Assert.Empty((await LookAsync(system, serverAddress, "INBOX")).Subjects);
        Assert.Single((await LookAsync(system, serverAddress, "CKI done")).Subjects);
    }

    [Fact]
    public async Task OpenSsl_OpensAndVerifies_WhatIsSent()
    {
        var system = await servers.System;
        var (clientAddress, serverAddress) = (MailSystem.NewAddress("client"), MailSystem.NewAddress("server"));
        using var key = TestAuthority.Trusted.Certify(TestAuthority.ServerName, usage: X509KeyUsageFlags.KeyAgreement);
        await using var client = new MailAccount(MailServersFixture.Options(system, clientAddress, await CmsParty.Client));
        await using var transport = new MailTransport(client, new MailTransportOptions
        {
            ServerAddress = serverAddress,
            ServerCertificate = CkiSdk.Pki.Certificates.Certificate.Decode(key.RawData),
            AnswerTimeout = TimeSpan.FromMilliseconds(1),
        });
        await Assert.ThrowsAsync<CkiTransportException>(async () => await transport.ExchangeAsync(Request, Cancel));
        using var folder = new TemporaryFolder();
        await using var mail = await FetchAsync(system, serverAddress);
        await using (var file = File.Create(folder.PathOf("mail.eml"))) await mail.CopyToAsync(file, Cancel);
        using var agreement = key.GetECDiffieHellmanPrivateKey()!;
        var keyFile = folder.WriteText("key.pem", agreement.ExportPkcs8PrivateKeyPem() + "\n" + key.ExportCertificatePem());
        var anchor = folder.WriteText("anchor.pem", PemEncoding.WriteString("CERTIFICATE", TestAuthority.Trusted.Anchor.Encoded.Span));
        ExternalProgram.RunOk("openssl", ["cms", "-decrypt", "-in", folder.PathOf("mail.eml"), "-inkey", keyFile, "-recip", keyFile, "-out", folder.PathOf("signed.eml")]);
        ExternalProgram.RunOk("openssl", ["cms", "-verify", "-in", folder.PathOf("signed.eml"), "-CAfile", anchor, "-purpose", "any", "-out", folder.PathOf("inside.eml")]);
        using var inside = await MimeMessage.LoadAsync(folder.PathOf("inside.eml"), Cancel);
        var part = Assert.IsAssignableFrom<MimePart>(inside.Body);
        Assert.Equal(("application/pkixcmp", ContentEncoding.Base64), (part.ContentType.MimeType, part.ContentTransferEncoding));
        using var octets = new MemoryStream();
        await part.Content!.DecodeToAsync(octets, Cancel);
        Assert.Equal(Request, octets.ToArray());
    }

    private static async Task<MailTransportOptions> ServerAsync(string address) => new() { ServerAddress = address, ServerCertificate = (await CmsParty.Server).EncryptionCertificate };

    private static async Task WriteAsync(MailSystem system, string from, string to, string subject)
    {
        using var mail = new MimeMessage([new MailboxAddress(null, from)], [new MailboxAddress(null, to)], subject, new TextPart("plain") { Text = subject });
        using var client = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Issuer == "CN=Mail authority, O=Tests" };
        await client.ConnectAsync("localhost", system.Smtp, SecureSocketOptions.StartTls, Cancel);
        await client.AuthenticateAsync(new NetworkCredential(from, MailSystem.Password), Cancel);
        await client.SendAsync(mail, Cancel);
        await client.DisconnectAsync(true, Cancel);
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(60) && !(await LookAsync(system, to, "INBOX")).Subjects.Contains(subject);) await Task.Delay(50, Cancel);
    }

    private static async Task<ImapClient> OpenAsync(MailSystem system, string address, string host = "localhost")
    {
        var client = new ImapClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Issuer == "CN=Mail authority, O=Tests" };
        await client.ConnectAsync(host, system.Imaps, SecureSocketOptions.SslOnConnect, Cancel);
        await client.AuthenticateAsync(new NetworkCredential(address, MailSystem.Password), Cancel);
        return client;
    }

    private static async Task<(IReadOnlyList<string> Subjects, bool AreUnread)> LookAsync(MailSystem system, string address, string name)
    {
        using var client = await OpenAsync(system, address);
        var folder = await client.GetFolderAsync(name, Cancel);
        await folder.OpenAsync(FolderAccess.ReadOnly, Cancel);
        var mails = folder.Count == 0 ? [] : await folder.FetchAsync(0, -1, MessageSummaryItems.Envelope | MessageSummaryItems.Flags, Cancel);
        return ([.. mails.Select(mail => mail.Envelope!.Subject ?? "")], mails.Where(mail => mail.Envelope!.Subject != "CKI message").All(mail => !mail.Flags!.Value.HasFlag(MessageFlags.Seen)));
    }

    private static async Task<Stream> FetchAsync(MailSystem system, string address)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50, Cancel))
        {
            using var client = await OpenAsync(system, address);
            await client.Inbox.OpenAsync(FolderAccess.ReadOnly, Cancel);
            if (client.Inbox.Count == 0) continue;
            using var mail = await client.Inbox.GetMessageAsync(0, Cancel);
            var octets = new MemoryStream();
            await mail.WriteToAsync(octets, Cancel);
            octets.Position = 0;
            return octets;
        }

        throw new TimeoutException("The mail did not arrive.");
    }
}
