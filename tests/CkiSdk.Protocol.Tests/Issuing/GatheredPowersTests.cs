using CkiSdk.Crypto;
using CkiSdk.Protocol.Issuing;

namespace CkiSdk.Protocol.Tests.Issuing;

/// <summary>Checks which public values are computed together, and that everybody gets his own.</summary>
public sealed class GatheredPowersTests
{
    private readonly CountingArithmetic _arithmetic = new(atOnce: 4);
    private readonly Queue<Action> _later = [];
    private readonly GatheredPowers _powers;

    public GatheredPowersTests() => _powers = new GatheredPowers(_arithmetic, _later.Enqueue);

    [Fact]
    public async Task TheFourth_ComputesForAll_AndNothingIsLeftForLater()
    {
        var values = Enumerable.Range(1, 3).Select(Ask).ToList();
        Assert.All(values, value => Assert.False(value.IsCompleted));
        values.Add(Ask(4));
        Assert.True(values[3].IsCompleted);
        Later();
        Assert.Equal([4], _arithmetic.Sets);
        await AssertEachHasHisOwn(values);
    }

    [Fact]
    public async Task WhoIsAlone_IsComputedFor_WhenTheRestHasRun()
    {
        var first = Ask(1);
        Assert.Empty(_arithmetic.Sets);
        Later();
        Assert.True(first.IsCompleted);
        var second = Ask(2);
        Later();
        Assert.Equal([1, 1], _arithmetic.Sets);
        await AssertEachHasHisOwn([first, second]);
    }

    [Fact]
    public async Task WhatBeginsAfterAWholeSet_IsComputedByItself()
    {
        var values = Enumerable.Range(1, 6).Select(Ask).ToList();
        Later();
        Assert.Equal([4, 2], _arithmetic.Sets);
        await AssertEachHasHisOwn(values);
    }

    [Fact]
    public async Task Groups_AreNotMixed_AndNoneIsForgotten()
    {
        List<Task<byte[]>> values = [Ask(1), Ask(2, DhGroups.Ffdhe3072), Ask(3), Ask(4)];
        Later();
        Assert.Equal([1, 1, 2], _arithmetic.Sets);
        await AssertEachHasHisOwn(values, DhGroups.Ffdhe2048, DhGroups.Ffdhe3072, DhGroups.Ffdhe2048, DhGroups.Ffdhe2048);
    }

    [Theory]
    [InlineData(4, new[] { 4 })]
    [InlineData(9, new[] { 8, 1 })]
    [InlineData(3, new[] { 3 })]
    public async Task Many_AreWholeSets_AndTheRestGoesWithOthers(int count, int[] sets)
    {
        var values = _powers.PublicValuesAsync(DhGroups.Ffdhe2048, Enumerable.Range(1, count).SelectMany(number => Exponent(number, DhGroups.Ffdhe2048)).ToArray()).AsTask();
        Later();
        Assert.Equal(sets, _arithmetic.Sets);
        await AssertEachHasHisOwn([.. (await values).Select(Task.FromResult)]);
    }

    [Fact]
    public async Task AFailure_IsTold_ToAllOfItsSet_AndToNobodyElse()
    {
        _arithmetic.Fails = true;
        var values = Enumerable.Range(1, 4).Select(Ask).ToList();
        foreach (var value in values)
        {
            await Assert.ThrowsAsync<CryptoProviderException>(() => value);
        }

        _arithmetic.Fails = false;
        var next = Ask(1);
        Later();
        await AssertEachHasHisOwn([next]);
    }

    [Fact]
    public async Task WhereNothingIsFaster_EachIsComputedAtOnce()
    {
        var arithmetic = new CountingArithmetic(atOnce: 1);
        var value = new GatheredPowers(arithmetic, _later.Enqueue).PublicValueAsync(DhGroups.Ffdhe2048, Exponent(1, DhGroups.Ffdhe2048));
        Assert.Empty(_later);
        await AssertEachHasHisOwn([value]);
    }

    [Fact]
    public async Task OnThePool_EverybodyGetsHisOwn()
    {
        var powers = new GatheredPowers(_arithmetic);
        await Parallel.ForAsync(1, 500, TestContext.Current.CancellationToken, async (number, _) =>
        {
            var group = number % 7 == 0 ? DhGroups.Ffdhe3072 : DhGroups.Ffdhe2048;
            Assert.Equal(Exponent(number, group), await powers.PublicValueAsync(group, Exponent(number, group)));
        });
        Assert.Equal(499, _arithmetic.Sets.Sum());
        Assert.All(_arithmetic.Sets, set => Assert.InRange(set, 1, 4));
    }

    private static byte[] Exponent(int number, DhGroup group) => [.. new byte[group.ExponentLength - 2], (byte)(number >> 8), (byte)number];

    private static async Task AssertEachHasHisOwn(List<Task<byte[]>> values, params DhGroup[] groups)
    {
        foreach (var (i, value) in values.Index())
        {
            Assert.Equal(Exponent(i + 1, groups.Length == 0 ? DhGroups.Ffdhe2048 : groups[i]), await value);
        }
    }

    private Task<byte[]> Ask(int number) => Ask(number, DhGroups.Ffdhe2048);

    // The exponent is overwritten at once, as the engine zeroes its own.
    private Task<byte[]> Ask(int number, DhGroup group)
    {
        var exponent = Exponent(number, group);
        var value = _powers.PublicValueAsync(group, exponent);
        Array.Clear(exponent);
        return value;
    }

    private void Later()
    {
        while (_later.TryDequeue(out var work))
        {
            work();
        }
    }
}
