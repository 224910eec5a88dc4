using System.Reflection;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;
using CkiSdk.Storage;

namespace CkiSdk.Protocol.Tests.Server;

/// <summary>Watches how serial numbers are taken from the store: by the block, each before its certificate is signed, none twice.</summary>
public sealed class SerialNumberTests
{
    [Fact]
    public async Task Numbers_AreStoredByTheBlock_AndNeverTwice_AlsoAfterARestart()
    {
        var store = Watched.Around(new InMemoryCmaStore());
        using var domain = await TestDomain.Create(store: store);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var (last, falls) = ("", 0);
        for (var i = 0; i < 60; i++)
        {
            if (i == 20)
            {
                using var second = new Cma(domain.Options, store, TestDomain.Provider, domain.Time);
                Assert.True(used.Add(await Ask(second)), "a number of the process before came again");
            }

            var serial = await Ask(domain.Cma);
            Assert.True(used.Add(serial), "a number came twice");
            falls += string.CompareOrdinal(serial, last) < 0 ? 1 : 0;
            last = serial;
        }

        // Those of a block come in their order.
        Assert.True(falls < ((Watched)(object)store).Blocks, $"{falls} numbers were lower than the one before");

        Assert.True(used.IsSubsetOf(((Watched)(object)store).Reserved), "a number was not stored before");
        Assert.True(((Watched)(object)store).Blocks <= 8, $"the store was asked {((Watched)(object)store).Blocks} times");

        async Task<string> Ask(Cma cma)
        {
            var delivered = new DeliveredMessage(domain.Request().Encode(), TestDomain.Signed, TestUser.A1.Peer);
            return Convert.ToHexString(TestAnswer.Read(await cma.HandleAsync(delivered)).Certificate.SerialNumber.ToUnsigned());
        }
    }

    [Fact]
    public async Task ABlockOfWhichAllIsTaken_IsReplacedByAnother()
    {
        var store = Watched.Around(new InMemoryCmaStore());
        ((Watched)(object)store).Refused = 3;
        using var domain = await TestDomain.Create(store: store);
        Assert.NotNull((await domain.Ask(domain.Request())).Certificate);
        ((Watched)(object)store).Refused = 1000;
        using var other = new Cma(domain.Options, store, TestDomain.Provider, domain.Time);
        var delivered = new DeliveredMessage(domain.Request().Encode(), TestDomain.Signed, TestUser.A1.Peer);
        var exception = await Assert.ThrowsAsync<Crypto.CryptoProviderException>(async () => await other.HandleAsync(delivered));
        Assert.Contains("repeats itself", exception.Message, StringComparison.Ordinal);
    }

    public class Watched : DispatchProxy
    {
        private ICmaStore _store = null!;

        public int Blocks { get; private set; }

        /// <summary>Gets or sets how many blocks the store says are taken.</summary>
        public int Refused { get; set; }

        public HashSet<string> Reserved { get; } = new(StringComparer.Ordinal);

        public static ICmaStore Around(ICmaStore store)
        {
            var proxy = Create<ICmaStore, Watched>();
            ((Watched)(object)proxy)._store = store;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != nameof(ICmaStore.ReserveSerialsAsync)) return targetMethod.Invoke(_store, args);
            Blocks++;
            if (Refused > 0)
            {
                Refused--;
                return new ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>>([]);
            }

            foreach (var serial in (IReadOnlyList<ReadOnlyMemory<byte>>)args![0]!) Reserved.Add(Convert.ToHexString(serial.Span));
            return targetMethod.Invoke(_store, args);
        }
    }
}
