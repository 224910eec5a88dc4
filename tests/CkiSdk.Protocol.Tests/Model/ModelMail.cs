using CkiSdk.Pki.Cms.Streaming;
using CkiSdk.Pki.Crls;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Sealing;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Sends protected messages between the users of a run: what was sealed with certificates in good standing must open.</summary>
internal sealed class ModelMail(ModelRun run)
{
    /// <summary>Seals and opens.</summary>
    /// <returns>Whether there was what is needed for it.</returns>
    public async Task<bool> Send(ModelUser sender, ModelUser recipient)
    {
        if (sender.Send is not { } own || !sender.Receive.TryGetValue(recipient.Test.Name, out var receive)) return false;
        var cma = sender.Test.Cma;
        if (!await IsGood(cma, own.Certificate) || !await IsGood(cma, receive) || !Pki.Algorithms.DhPublicKeys.TryDecode(receive.SubjectPublicKeyInfo, cma.Options.Groups, out _, out _)) return false;
        if (await recipient.Test.Cma.Store.FindRevokedUserAsync(recipient.Test.Name.Canonical) is not null || !await HasKey(recipient.Test.Cma, receive)) return false;
        var content = Guid.NewGuid().ToByteArray();
        using var message = new MemoryStream();
        var options = new SealerOptions
        {
            SendCertificate = own.Certificate,
            SendKey = own.Key,
            Issuer = new TrustedIssuer(cma.Options.Certificate, await List(cma)),
            Recipients = [new SealingRecipient(recipient.Test.Name, receive)],
        };
        await MessageSealer.SealAsync(new MemoryStream(content), message, options, TestWorld.Provider, run.World.Time);
        var list = await List(cma);
        var opener = AgentOpener.For(recipient.Test.Agent, recipient.Test.Name, (certificate, _) => Seed(recipient, certificate), name => name.Equals(cma.Name) ? list : null);
        var stage = new Stage();
        message.Position = 0;
        var opened = await MessageOpener.OpenAsync(message, () => stage, opener, TestWorld.Provider, run.World.Time);
        Assert.True(opened.IsOpened, $"{sender.Test.Name} to {recipient.Test.Name}: {opened.Refusal}: {opened.Reason}");
        Assert.Equal(content, stage.Released);
        return true;
    }

    private static async ValueTask<bool> Seed(ModelUser user, Certificate certificate)
    {
        var result = await user.Test.AskSeed(certificate);
        Assert.True(result is ExternalSeedKeyResult.Granted, $"{user.Test.Name} gets no seed key: {result}");
        return true;
    }

    // The key may still be on its way to the other domain; at the end of a run it has come.
    private static async Task<bool> HasKey(TestCma cma, Certificate receive)
    {
        var identifier = Convert.ToHexStringLower(receive.SubjectKeyIdentifier!.Value.Span);
        return (await cma.Store.ListInteroperabilityKeysAsync()).Any(key => identifier.Contains(key.MyReference, StringComparison.Ordinal));
    }

    private async Task<bool> IsGood(TestCma cma, Certificate certificate)
    {
        var serial = certificate.SerialNumber.ToUnsigned().ToArray();
        var revoked = await cma.Store.ListRevokedCertificatesAsync(run.World.Now, run.World.Now);
        return certificate.IsValidAt(run.World.Now) && !revoked.Any(entry => entry.Serial.Span.SequenceEqual(serial));
    }

    private static async Task<RevocationList> List(TestCma cma)
    {
        await cma.Cma.MaintainAsync();
        var own = (await cma.Store.ListCrlsAsync()).Select(crl => RevocationList.Decode(crl.Encoded)).Where(list => list.Issuer.Equals(cma.Name));
        return own.MaxBy(list => list.IssuedAt)!;
    }

    private sealed class Stage : IStagedOutput
    {
        private readonly MemoryStream _stream = new();

        public byte[]? Released { get; private set; }

        public Stream Stream => _stream;

        public ValueTask CommitAsync(CancellationToken cancellationToken = default)
        {
            Released = _stream.ToArray();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
