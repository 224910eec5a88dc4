using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Sealing;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>Annex C, V and VI with the real engines: A1 and B1 of two domains, their CMAs, and a seed key that B1 fetches when he opens the message.</summary>
public sealed class AnnexCTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestAgent _a1 = null!;
    private TestAgent _b1 = null!;
    private int _fetched;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        var b = await _world.Add("B");
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
        _b1 = await b.Enrol("CN=B1,O=Domain B,C=GB");
        await TestWorld.Share(_a, b, Now.AddDays(-1), Now.AddDays(100));
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task B1_Opens_WhatA1Sealed_AndFetchesTheSeedKeyByItself()
    {
        var message = await SealAsync();
        Assert.Equal(0, _fetched);
        foreach (var fetches in new[] { 1, 1 }) // once is enough
        {
            var stage = new StagedBuffer();
            var result = await OpenAsync(message, stage);
            Assert.True(result.IsOpened, $"{result.Refusal}: {result.Reason}");
            Assert.Equal("from A1 to B1"u8.ToArray(), stage.Content);
            Assert.Equal(_a1.Name, result.SendCertificate!.Subject);
            Assert.Equal(fetches, _fetched);
        }
    }

    [Fact]
    public async Task B1_DoesNotOpen_WithoutTheSeedKey()
    {
        var message = await SealAsync();
        var stage = new StagedBuffer();
        var options = AgentOpener.For(_b1.Agent, _b1.Name, (_, _) => ValueTask.FromResult(false), _ => List());
        using var stream = new MemoryStream(message);
        var result = await MessageOpener.OpenAsync(stream, () => stage, options, TestWorld.Provider, _world.Time);
        Assert.Equal(OpeningRefusal.UnknownIssuer, result.Refusal);
        Assert.Null(stage.Content);
    }

    private async Task<byte[]> SealAsync()
    {
        var send = Assert.IsType<SendCertificateResult.Granted>(await _a1.AskSend(Now, Now.AddDays(30)));
        var receive = await _a1.Receive(_b1, Now, Now.AddDays(30));
        using var sendKey = send.PrivateKey;
        using var message = new MemoryStream();
        var options = new SealerOptions
        {
            SendCertificate = send.Certificate,
            SendKey = sendKey,
            Issuer = new TrustedIssuer(_a.Options.Certificate, List()),
            Recipients = [new SealingRecipient(_b1.Name, receive)],
        };
        await MessageSealer.SealAsync(new MemoryStream("from A1 to B1"u8.ToArray()), message, options, TestWorld.Provider, _world.Time);
        return message.ToArray();
    }

    private async Task<OpenedMessage> OpenAsync(byte[] message, StagedBuffer stage)
    {
        var options = AgentOpener.For(_b1.Agent, _b1.Name, FetchSeedAsync, cma => cma.Equals(_a.Name) ? List() : null);
        using var stream = new MemoryStream(message);
        return await MessageOpener.OpenAsync(stream, () => new KeptStage(stage), options, TestWorld.Provider, _world.Time);
    }

    private async ValueTask<bool> FetchSeedAsync(Certificate receive, CancellationToken cancellationToken)
    {
        _fetched++;
        return await _b1.AskSeed(receive) is ExternalSeedKeyResult.Granted;
    }

    private RevocationList List()
    {
        using var key = ECDsa.Create();
        using var pkcs8 = ((IExportableKey)_a.Options.SigningKey).ExportPkcs8();
        key.ImportPkcs8PrivateKey(pkcs8.Span, out _);
        var certificate = _a.Options.Certificate;
        return RevocationList.Decode(new CertificateRevocationListBuilder().Build(
            new X500DistinguishedName(certificate.Subject.Encoded.Span), X509SignatureGenerator.CreateForECDsa(key), BigInteger.One, Now.AddDays(7), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(certificate.SubjectKeyIdentifier!.Value.Span), Now.AddDays(-1)));
    }

    /// <summary>Leaves the buffer readable after the opening.</summary>
    private sealed class KeptStage(StagedBuffer inner) : IStagedOutput
    {
        public Stream Stream => inner.Stream;

        public ValueTask CommitAsync(CancellationToken cancellationToken = default) => inner.CommitAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
