using System.Diagnostics;
using System.Diagnostics.Metrics;
using CkiSdk.Crypto;
using CkiSdk.Crypto.Software;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Options;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;
using CkiSdk.Transports.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CkiSdk.Hosting.Tests;

/// <summary>Shows that a .NET host runs a CMA and a client of it, validates their options when it starts, and that both can be watched.</summary>
public sealed class HostTests
{
    private static readonly DistinguishedName Cma = DistinguishedName.Parse("CN=CMA,O=Domain");
    private static readonly DistinguishedName User = DistinguishedName.Parse("CN=User,O=Domain");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_Runs_AServerAndItsClient_AndTellsOfThem()
    {
        var provider = CryptoProviders.Software;
        using var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, Cancel);
        using var encryptionKey = await provider.Keys.CreateKeyAgreementKeyAsync(KeyAlgorithm.EcP256, Cancel);
        using var storageKey = Secret.Random(32, provider.Random);
        var now = DateTimeOffset.UtcNow;
        var certificate = await SignAsync(CertificateProfiles.Cma(Cma, key.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5), new DomainRule([DistinguishedName.Parse("O=Domain")])), key);
        var encryption = await SignAsync(CertificateProfiles.Authentication(User, encryptionKey.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(1), CertificatePurposes.KeyReceipt), key, certificate);
        using var watch = new Watch();
        var kept = 0;

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddCkiServer(options =>
        {
            options.Cma = new CmaOptions { Certificate = certificate, SigningKey = key, SignatureAlgorithm = key.Algorithms[0], StorageKey = storageKey };
            options.Provider = provider;
            options.Store = (_, _) => Task.FromResult<ICmaStore>(new InMemoryCmaStore());
            options.Listen = (services, party, _) =>
            {
                services.GetRequiredService<Line>().Party = party;
                return Task.FromResult<IAsyncDisposable>(new InMemoryTransport(party, null, null));
            };
        });
        builder.Services.AddSingleton<Line>();
        builder.Services.AddCkiClient(options =>
        {
            options.Agent = new UserAgentOptions { User = User, CmaCertificate = certificate, Encryption = new EncryptionIdentity(encryption, encryptionKey) };
            options.Provider = provider;
            options.Transport = services => new InMemoryTransport(services.GetRequiredService<Line>().Party!, new Peer(User, encryption), new Peer(Cma, certificate));
            options.Keep = (_, _) =>
            {
                kept++;
                return ValueTask.CompletedTask;
            };
        });
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        var authority = await host.Services.GetRequiredService<CkiServerService>().Started;
        await authority.Administration.CreateLocalKeyAsync(now.AddMinutes(-5), now.AddYears(1), Cancel);
        await authority.Administration.EnrolAsync(User, encryption, now, Cancel);

        var client = host.Services.GetRequiredService<CkiClient>();
        Assert.InRange(await client.FetchAnnouncementsAsync(Cancel), 1, 3);
        Assert.Equal(User, (await client.SendCertificateAsync(Cancel)).Subject);
        await host.StopAsync(Cancel);
        Assert.True(kept >= 2, $"kept {kept} times");
        Assert.Contains("cki.server.duration", watch.Measured);
        Assert.Contains("cki.client.requests", watch.Measured);
        Assert.Contains("cki.handle", watch.Traced);
        Assert.Contains("cki.request", watch.Traced);
    }

    [Fact]
    public async Task ARecipientWhoDoesNotAnswer_HoldsUpNobodyElse_AndTheHostStops()
    {
        var provider = CryptoProviders.Software;
        using var key = await provider.Keys.CreateSigningKeyAsync(KeyAlgorithm.EcP256, Cancel);
        using var storageKey = Secret.Random(32, provider.Random);
        var now = DateTimeOffset.UtcNow;
        var certificate = await SignAsync(CertificateProfiles.Cma(Cma, key.SubjectPublicKeyInfo, now.AddMinutes(-5), now.AddYears(5), new DomainRule([DistinguishedName.Parse("O=Domain")])), key);
        var store = new InMemoryCmaStore();
        await using var slow = new SilentTransport();
        await using var quick = new SilentTransport { Answers = true };
        await PutAsync("slow");
        await PutAsync("quick");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddCkiServer(options =>
        {
            options.Cma = new CmaOptions { Certificate = certificate, SigningKey = key, SignatureAlgorithm = key.Algorithms[0], StorageKey = storageKey };
            options.Provider = provider;
            options.Store = (_, _) => Task.FromResult<ICmaStore>(store);
            options.Route = name => name == "slow" ? slow : name == "quick" ? quick : null;
            options.DeliveryInterval = TimeSpan.FromMilliseconds(20);
        });
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        await slow.Asked.Task.WaitAsync(Cancel);
        for (var count = 1; count <= 3; count++)
        {
            while (quick.Count < count) await Task.Delay(10, Cancel);
            await PutAsync("quick");
        }

        Assert.Equal(1, slow.Count);
        await host.StopAsync(Cancel);

        // No message that maintenance could read: that it fails holds up nobody either.
        async Task PutAsync(string recipient) => await store.CommitAsync(UnitOfWork.Of(new StoreChange.Enqueue(recipient, new byte[] { 0x30, 0x00 })), Cancel);
    }

    [Theory]
    [InlineData("a client", "CkiClientOptions.Agent is missing")]
    [InlineData("a server", "CkiServerOptions.Cma is missing")]
    public async Task Options_AreValidated_WhenTheHostStarts(string what, string words)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        _ = what == "a client" ? builder.Services.AddCkiClient(_ => { }) : builder.Services.AddCkiServer(_ => { });
        using var host = builder.Build();
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancel));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    private static ValueTask<Certificate> SignAsync(CertificateTemplate template, ISigningKey key, Certificate? issuer = null) =>
        CertificateSigner.SignAsync(template, issuer, key, key.Algorithms[0], SerialNumbers.Random(CryptoProviders.Software.Random), Cancel);

    // Answers, or waits until it is given up.
    private sealed class SilentTransport : ICkiTransport
    {
        private int _count;

        public bool Answers { get; init; }

        public int Count => Volatile.Read(ref _count);

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<TransportAnswer> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _count);
            Asked.TrySetResult();
            if (!Answers) await Task.Delay(Timeout.Infinite, cancellationToken);
            return new TransportAnswer { Services = SecurityServices.All, Peer = null };
        }

        public ValueTask<DeliveredMessage?> NextAnnouncementAsync(bool acknowledgesPrevious, CancellationToken cancellationToken = default) => ValueTask.FromResult<DeliveredMessage?>(null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Line
    {
        public IMessageHandler? Party { get; set; }
    }

    private sealed class Watch : IDisposable
    {
        private readonly MeterListener _meters = new();
        private readonly ActivityListener _activities;

        public Watch()
        {
            _meters.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CkiDiagnostics.MeterName) listener.EnableMeasurementEvents(instrument);
            };
            _meters.SetMeasurementEventCallback<double>((instrument, _, _, _) => Measured.Add(instrument.Name));
            _meters.SetMeasurementEventCallback<long>((instrument, _, _, _) => Measured.Add(instrument.Name));
            _meters.Start();
            _activities = new ActivityListener
            {
                ShouldListenTo = source => source.Name == CkiDiagnostics.ActivitySourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity => Traced.Add(activity.OperationName),
            };
            ActivitySource.AddActivityListener(_activities);
        }

        public System.Collections.Concurrent.ConcurrentBag<string> Measured { get; } = [];

        public System.Collections.Concurrent.ConcurrentBag<string> Traced { get; } = [];

        public void Dispose()
        {
            _meters.Dispose();
            _activities.Dispose();
        }
    }
}
