using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Tests.Storage;

/// <summary>What every store must do about transactions, serial numbers and message times, also with many calls at once.</summary>
public abstract class StoreTransactionContract : StoreContract
{
    [Fact]
    public async Task CommitAsync_Stores_AnswerAndCertificate()
    {
        Assert.Null(await Store.FindAnswerAsync(Transaction(1), Cancellation));
        Assert.True(await Store.TryReserveSerialAsync(Serial(7), Transaction(1), Cancellation));
        Assert.Null(await Store.FindCertificateAsync(Serial(7), Cancellation));
        Same(Answer(1), await Store.CommitAsync(Transaction(1), Answer(1), Certificate(7), Cancellation));
        Same(Answer(1), await Store.FindAnswerAsync(Transaction(1), Cancellation));
        Same(Certificate(7), await Store.FindCertificateAsync(Serial(7), Cancellation));
    }

    [Fact]
    public async Task CommitAsync_Keeps_AnAnswerWithoutText()
    {
        var answer = Answer(1) with { Text = null };
        await Store.CommitAsync(Transaction(1), answer, certificate: null, Cancellation);
        Same(answer, await Store.FindAnswerAsync(Transaction(1), Cancellation));
    }

    [Fact]
    public async Task CommitAsync_WritesNothing_WhenThereIsAnAnswer()
    {
        await Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation);
        await Store.TryReserveSerialAsync(Serial(2), Transaction(1), Cancellation);
        await Store.CommitAsync(Transaction(1), Answer(1), Certificate(1), Cancellation);
        Same(Answer(1), await Store.CommitAsync(Transaction(1), Answer(2), Certificate(2), Cancellation));
        Same(Answer(1), await Store.FindAnswerAsync(Transaction(1), Cancellation));
        Assert.Null(await Store.FindCertificateAsync(Serial(2), Cancellation));
    }

    [Fact]
    public async Task CommitAsync_Tells_SendersApart()
    {
        var other = Transaction(1) with { Sender = "cn=a2,o=a" };
        await Store.CommitAsync(Transaction(1), Answer(1), certificate: null, Cancellation);
        Same(Answer(2), await Store.CommitAsync(other, Answer(2), certificate: null, Cancellation));
        Same(Answer(1), await Store.FindAnswerAsync(Transaction(1), Cancellation));
    }

    [Theory]
    [InlineData("never reserved", 2)]
    [InlineData("reserved for another transaction", 3)]
    public async Task CommitAsync_Rejects_ASerialOfNobody(string description, int serial)
    {
        Assert.NotEmpty(description);
        await Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation);
        await Store.TryReserveSerialAsync(Serial(3), Transaction(3), Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.CommitAsync(Transaction(1), Answer(1), Certificate(serial), Cancellation).AsTask());
        Assert.Null(await Store.FindAnswerAsync(Transaction(1), Cancellation));
        Assert.Null(await Store.FindCertificateAsync(Serial(serial), Cancellation));
        Same(Answer(2), await Store.CommitAsync(Transaction(1), Answer(2), Certificate(1), Cancellation));
    }

    [Fact]
    public async Task TryReserveSerialAsync_Gives_ANumberOnce()
    {
        Assert.True(await Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation));
        Assert.False(await Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation));
        Assert.False(await Store.TryReserveSerialAsync(Serial(1), Transaction(2), Cancellation));
        Assert.True(await Store.TryReserveSerialAsync(new byte[] { 0x01 }, Transaction(2), Cancellation));
    }

    [Fact]
    public async Task ReserveSerialsAsync_Gives_WhatNobodyHas_OfABlock()
    {
        await Store.TryReserveSerialAsync(Serial(2), Transaction(1), Cancellation);
        var taken = await Store.ReserveSerialsAsync([Serial(1), Serial(2), Serial(3), Serial(1)], Transaction(2), Cancellation);
        Assert.Equal([Hex(Serial(1)), Hex(Serial(3))], taken.Select(Hex));
        Assert.Empty(await Store.ReserveSerialsAsync([Serial(1), Serial(3)], Transaction(2), Cancellation));
        Assert.Empty(await Store.ReserveSerialsAsync([], Transaction(2), Cancellation));
    }

    [Fact]
    public async Task ReserveMessageTimesAsync_Gives_StretchesThatDoNotOverlap()
    {
        var length = TimeSpan.FromSeconds(5);
        var first = await Store.ReserveMessageTimesAsync(Now, length, Cancellation);
        Assert.Equal(Now, first);
        var second = await Store.ReserveMessageTimesAsync(Now.AddHours(-1), length, Cancellation);
        Assert.True(second >= first + length);
        var third = await Store.ReserveMessageTimesAsync(Now.AddMinutes(1).ToOffset(TimeSpan.FromHours(2)), TimeSpan.FromTicks(1), Cancellation);
        Assert.Equal(Now.AddMinutes(1), third);
        Assert.True(await Store.ReserveMessageTimesAsync(Now.AddMinutes(1), length, Cancellation) > third);
    }

    [Theory]
    [InlineData("no length", 0, 2026)]
    [InlineData("a negative length", -1, 2026)]
    [InlineData("an end after the last year", 366, 9999)]
    public async Task ReserveMessageTimesAsync_Rejects_Stretch(string description, int days, int year)
    {
        Assert.NotEmpty(description);
        var start = new DateTimeOffset(year, 12, 1, 0, 0, 0, TimeSpan.Zero);
        await Assert.ThrowsAnyAsync<ArgumentOutOfRangeException>(async () => await Store.ReserveMessageTimesAsync(start, TimeSpan.FromDays(days), Cancellation));
        Assert.Equal(Now, await Store.ReserveMessageTimesAsync(Now, TimeSpan.FromSeconds(1), Cancellation));
    }

    [Fact]
    public async Task CommitAsync_Gives_OneAnswerToAllCallers()
    {
        const int Transactions = 100;
        var answers = await AtOnce(1000, i => Store.CommitAsync(
            Transaction(i % Transactions), Answer(1) with { Body = BitConverter.GetBytes(i) }, certificate: null, Cancellation));
        foreach (var answersOfOne in answers.Index().GroupBy(answer => answer.Index % Transactions, answer => Hex(answer.Item.Body)))
        {
            var body = Assert.Single(answersOfOne.Distinct());
            Assert.Equal(body, Hex((await Store.FindAnswerAsync(Transaction(answersOfOne.Key), Cancellation))!.Body));
        }
    }

    [Fact]
    public async Task TryReserveSerialAsync_Gives_EachNumberToOneCaller()
    {
        const int Numbers = 700;
        var taken = await AtOnce(2000, i => Store.TryReserveSerialAsync(Serial(i % Numbers), Transaction(i), Cancellation));
        var winners = taken.Index().Where(call => call.Item).Select(call => call.Index % Numbers).Order();
        Assert.Equal(Enumerable.Range(0, Numbers), winners);
    }

    [Fact]
    public async Task ReserveMessageTimesAsync_Gives_EveryCallerItsOwn()
    {
        var length = TimeSpan.FromMilliseconds(3);
        Apart(await AtOnce(500, i => Store.ReserveMessageTimesAsync(Now.AddMilliseconds(i % 7), length, Cancellation)), length);
    }

    [Fact]
    public async Task FailingCalls_LeaveAlone_TheirNeighbours()
    {
        await AtOnce(200, i => Store.TryReserveSerialAsync(Serial(i), Transaction(i), Cancellation));
        var outcomes = await AtOnce(400, async i =>
        {
            // Every second certificate has a serial number that nobody reserved.
            var call = Store.CommitAsync(Transaction(i / 2), Answer((byte)i), Certificate(i % 2 == 0 ? i / 2 : 100_000 + i), Cancellation);
            return await Record.ExceptionAsync(async () => await call);
        });
        Assert.All(outcomes, outcome => Assert.True(outcome is null or InvalidOperationException, outcome?.ToString()));
        Assert.All(outcomes.Index().Where(outcome => outcome.Index % 2 == 0), outcome => Assert.Null(outcome.Item));
        for (var i = 0; i < 200; i++)
        {
            Same(Answer((byte)(2 * i)), await Store.FindAnswerAsync(Transaction(i), Cancellation));
            Same(Certificate(i), await Store.FindCertificateAsync(Serial(i), Cancellation));
        }
    }
}
