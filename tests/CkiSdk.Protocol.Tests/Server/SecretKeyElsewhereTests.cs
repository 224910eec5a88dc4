using CkiSdk.Crypto;
using CkiSdk.Protocol.Server;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Issues with interoperability keys that derive only when they are asked to and waited for, as those in a device do.</summary>
public sealed class SecretKeyElsewhereTests
{
    [Fact]
    public async Task Certificates_HaveTheSameKey_WhereverTheInteroperabilityKeyLies()
    {
        using var domain = await TestDomain.Create();
        var here = await domain.Ask(domain.Request(TestDomain.Now, TestDomain.Now.AddDays(30)));
        using var elsewhere = new Cma(domain.Options, domain.Store, TestDomain.Provider with { Keys = new KeysElsewhere(TestDomain.Provider.Keys) }, domain.Time);
        var request = domain.Request(TestDomain.Now, TestDomain.Now.AddDays(30));
        var there = TestAnswer.Read(await elsewhere.HandleAsync(new DeliveredMessage(request.Encode(), TestDomain.Signed, TestUser.A1.Peer)));
        Assert.NotEqual(here.Certificate.SerialNumber, there.Certificate.SerialNumber);
        Assert.Equal(here.Certificate.SubjectPublicKeyInfo.ToArray(), there.Certificate.SubjectPublicKeyInfo.ToArray());
    }

    private sealed class KeysElsewhere(IKeyFactory keys) : IKeyFactory
    {
        public ValueTask<ISigningKey> CreateSigningKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default) => keys.CreateSigningKeyAsync(algorithm, cancellationToken);

        public ValueTask<IDecryptionKey> CreateDecryptionKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default) => keys.CreateDecryptionKeyAsync(algorithm, cancellationToken);

        public ValueTask<IKeyAgreementKey> CreateKeyAgreementKeyAsync(KeyAlgorithm algorithm, CancellationToken cancellationToken = default) => keys.CreateKeyAgreementKeyAsync(algorithm, cancellationToken);

        public ValueTask<IDhKey> CreateDhKeyAsync(DhGroup group, CancellationToken cancellationToken = default) => keys.CreateDhKeyAsync(group, cancellationToken);

        public ValueTask<ISecretKey> CreateSecretKeyAsync(CancellationToken cancellationToken = default) => keys.CreateSecretKeyAsync(cancellationToken);

        public ValueTask<ISigningKey> ImportSigningKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default) => keys.ImportSigningKeyAsync(pkcs8, cancellationToken);

        public ValueTask<IDecryptionKey> ImportDecryptionKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default) => keys.ImportDecryptionKeyAsync(pkcs8, cancellationToken);

        public ValueTask<IKeyAgreementKey> ImportKeyAgreementKeyAsync(Secret pkcs8, CancellationToken cancellationToken = default) => keys.ImportKeyAgreementKeyAsync(pkcs8, cancellationToken);

        public ValueTask<IDhKey> ImportDhKeyAsync(DhGroup group, Secret exponent, CancellationToken cancellationToken = default) => keys.ImportDhKeyAsync(group, exponent, cancellationToken);

        public async ValueTask<ISecretKey> ImportSecretKeyAsync(Secret octets, CancellationToken cancellationToken = default) =>
            new SlowKey(await keys.ImportSecretKeyAsync(octets, cancellationToken));
    }

    private sealed class SlowKey(ISecretKey key) : ISecretKey
    {
        public KeyLocation Location => key.Location;

        public async ValueTask<Secret> DeriveAsync(ReadOnlyMemory<byte> context, int length, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return await key.DeriveAsync(context, length, cancellationToken);
        }

        public void Dispose() => key.Dispose();
    }
}
