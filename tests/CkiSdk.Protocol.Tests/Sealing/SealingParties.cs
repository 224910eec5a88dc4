using CkiSdk.Pki.Cms.Signatures;
using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Sealing;
using Microsoft.Extensions.Time.Testing;

namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>A1 of domain A, who seals to A2 of his own and to B1 of another domain; the receive certificates are all of CMA A.</summary>
internal sealed class SealingParties
{
    public const string A1 = "CN=A1,O=Domain A,C=GB";
    public const string A2 = "CN=A2,O=Domain A,C=GB";
    public const string B1 = "CN=B1,O=Domain B,C=GB";

    public required SealingDomain DomainA { get; init; }

    public required DatedKey Send { get; init; }

    public required DatedKey ReceiveA2 { get; init; }

    public required DatedKey ReceiveB1 { get; init; }

    public FakeTimeProvider Time { get; } = new(SealingDomain.Now);

    public static async Task<SealingParties> Create()
    {
        var domain = await SealingDomain.Create("CN=CMA A,O=Domain A,C=GB", "O=Domain A,C=GB");
        return new SealingParties
        {
            DomainA = domain,
            Send = await domain.Issue(A1, DatedKeyUsage.Send),
            ReceiveA2 = await domain.Issue(A2, DatedKeyUsage.Receive),
            ReceiveB1 = await domain.Issue(B1, DatedKeyUsage.Receive, link: "B"),
        };
    }

    public SealingRecipient ToA2 => new(DistinguishedName.Parse(A2), ReceiveA2.Certificate);

    public SealingRecipient ToB1 => new(DistinguishedName.Parse(B1), ReceiveB1.Certificate);

    public async Task<SealerOptions> Options(SealingScheme scheme = SealingScheme.TokenKey, MessageSigner? signer = null, params SealingRecipient[] recipients) => new()
    {
        SendCertificate = Send.Certificate,
        SendKey = await Send.OpenAsync(),
        Issuer = DomainA.Trusted,
        Recipients = recipients.Length == 0 ? [ToA2, ToB1] : recipients,
        Scheme = scheme,
        Signer = signer,
    };

    public async Task<byte[]> Seal(byte[] content, SealerOptions? options = null)
    {
        using var message = new MemoryStream();
        await MessageSealer.SealAsync(new MemoryStream(content), message, options ?? await Options(), SealingDomain.Provider, Time);
        return message.ToArray();
    }

    public OpenerOptions Opener(string user, DatedKey? key, SealingScheme scheme = SealingScheme.TokenKey) => new()
    {
        User = DistinguishedName.Parse(user),
        Issuers = [DomainA.Trusted],
        FindKey = async (certificate, _) => key is not null && certificate.Equals(key.Certificate) ? await key.OpenAsync() : null,
        Scheme = scheme,
    };

    /// <summary>Opens a message; the content is null unless it was released.</summary>
    public async Task<(OpenedMessage Result, byte[]? Content)> Open(byte[] message, OpenerOptions options)
    {
        var stages = new List<StagedBuffer>();
        var result = await MessageOpener.OpenAsync(new MemoryStream(message), Stage, options, SealingDomain.Provider, Time);
        var released = stages.ConvertAll(stage => stage.Released).SingleOrDefault(content => content is not null);
        return (result, released);

        IStagedOutput Stage()
        {
            stages.Add(new StagedBuffer());
            return stages[^1];
        }
    }

    /// <summary>Opens a message as B1.</summary>
    public Task<(OpenedMessage Result, byte[]? Content)> OpenAsB1(byte[] message, SealingScheme scheme = SealingScheme.TokenKey) => Open(message, Opener(B1, ReceiveB1, scheme));

    /// <summary>Keeps what was committed beyond the disposal of the stage.</summary>
    private sealed class StagedBuffer : IStagedOutput
    {
        private readonly MemoryStream _stream = new();

        public byte[]? Released { get; private set; }

        public Stream Stream => _stream;

        public ValueTask CommitAsync(CancellationToken cancellationToken = default)
        {
            Released = _stream.ToArray();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => _stream.DisposeAsync();
    }
}
