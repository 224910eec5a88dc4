using CkiSdk.Crypto;
using CkiSdk.Protocol.Issuing;

namespace CkiSdk.Protocol.Tests.Issuing;

/// <summary>Checks what a set does with the exponents that it was given.</summary>
public sealed class PowerSetTests
{
    private static readonly DhGroup Group = DhGroups.Ffdhe2048;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Exponents_AreZeroed_WhetherItFailsOrNot(bool fails)
    {
        var room = new Secret(4 * Group.ExponentLength);
        var set = new PowerSet(Group, 4, room);
        var value = set.Add([.. Enumerable.Repeat((byte)7, Group.ExponentLength)]);
        Assert.True(room.Span.Contains((byte)7));
        Assert.Same(room, set.Compute(new CountingArithmetic(4) { Fails = fails }));
        Assert.False(room.Span.ContainsAnyExcept((byte)0));
        Assert.Equal(fails, await Record.ExceptionAsync(() => value) is CryptoProviderException);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void AnExponentOfAnotherLength_IsRefused(int more)
    {
        var set = new PowerSet(Group, 4, new Secret(4 * Group.ExponentLength));
        Assert.Throws<ArgumentException>(Add);

        void Add() => _ = set.Add(new byte[Group.ExponentLength + more]);
    }
}
