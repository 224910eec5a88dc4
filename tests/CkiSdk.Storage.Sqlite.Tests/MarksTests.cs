using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Shows that answers and certificates are found wherever their marks are: in the small table, in the large one, or at the mark of another.</summary>
public sealed class MarksTests : IDisposable
{
    /// <summary>What every answer and every certificate has one of, as a query that gives 0 where it is so.</summary>
    public const string WithoutOneMark =
        """
        WITH a(number) AS (SELECT number FROM recent_answers UNION ALL SELECT number FROM older_answers), s(number) AS (SELECT number FROM recent_subjects UNION ALL SELECT number FROM older_subjects)
        SELECT (SELECT count(*) FROM (SELECT number FROM answers EXCEPT SELECT number FROM a)) + abs((SELECT count(*) FROM answers) - (SELECT count(*) FROM a))
             + (SELECT count(*) FROM (SELECT number FROM certificates EXCEPT SELECT number FROM s)) + abs((SELECT count(*) FROM certificates) - (SELECT count(*) FROM s))
        """;

    private const int Many = 9000; // more than two rounds
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => _folder.PathOf("cma.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnswersAndCertificates_AreFound_WhileTheirMarksMove()
    {
        await using var store = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => IssueAsync(store, worker, Many / 16), Cancellation)));
        var (recent, older) = (await CountAsync(store, "recent_answers"), await CountAsync(store, "older_answers"));
        Assert.Equal(Many / 16 * 16, recent + older);
        Assert.InRange(recent, 1, 4096 + 512);
        Assert.InRange(await CountAsync(store, "recent_subjects"), 1, 4096 + 512);
        Assert.Equal(Many / 16 * 16, (await store.ListEndingAsync(Records.Now, Records.Now.AddYears(1), Cancellation)).Count);
        for (var worker = 0; worker < 16; worker++)
        {
            Assert.Equal(Many / 16, (await store.ListAllCertificatesAsync(Subject(worker), "send", Cancellation)).Count);
            for (var i = 0; i < Many / 16; i += 7) Records.Same(Records.Answer((byte)worker), await store.FindAnswerAsync(Records.Transaction(Number(worker, i)), Cancellation));
        }

        var again = await store.CommitAsync(Records.Transaction(Number(3, 0)), Records.Answer(99), certificate: null, Cancellation);
        Records.Same(Records.Answer(3), again);
    }

    [Fact]
    public async Task AMarkOfTwo_IsNoAnswer_AndNoCertificate_OfTheOther()
    {
        await using var store = await OpenAsync();
        await store.TryReserveSerialAsync(Records.Serial(1), Records.Transaction(1), Cancellation);
        await store.CommitAsync(Records.Transaction(1), Records.Answer(1), Records.Certificate(1), Cancellation);
        var other = Records.Transaction(2);
        var (mark, subject) = (Marks.Of(other.Sender, other.TransactionId), CertificateSubjects.MarkOf("cn=b", "send"));
        await store.QueryAsync(FormattableString.Invariant($"INSERT INTO older_answers SELECT {mark}, number FROM answers"));
        await store.QueryAsync(FormattableString.Invariant($"INSERT INTO older_subjects SELECT {subject}, not_after, number FROM certificates"));
        Assert.Null(await store.FindAnswerAsync(other, Cancellation));
        Assert.Empty(await store.ListAllCertificatesAsync("cn=b", "send", Cancellation));
        await store.WriteAsync(new StoreChange.RevokeCertificates("cn=b", 1, Records.Now));
        Assert.Empty(await store.ListRevokedCertificatesAsync(Records.Now, Records.Now, Cancellation));
        Records.Same(Records.Answer(2), await store.CommitAsync(other, Records.Answer(2), certificate: null, Cancellation));
        Records.Same(Records.Answer(2), await store.FindAnswerAsync(other, Cancellation));
        Records.Same(Records.Answer(1), await store.FindAnswerAsync(Records.Transaction(1), Cancellation));
    }

    [Fact]
    public void Of_Tells_WhereTheFirstTextEnds() => Assert.NotEqual(Marks.Of("ab", "c"), Marks.Of("a", "bc"));

    [Theory]
    [InlineData("by small steps", 100)]
    [InlineData("by steps that do not divide it", 1537)]
    [InlineData("at once", 4096)]
    [InlineData("by more than there is", 5000)]
    public void Take_Comes_ToEachMarkOnce_InARound(string how, int added)
    {
        Assert.NotEmpty(how);
        var stretch = new MarkStretch();
        var last = long.MinValue;
        while (last != long.MaxValue) last = Next().Last; // to the end of the round that began anywhere
        var expected = long.MinValue;
        do
        {
            (var first, last) = Next();
            Assert.Equal(expected, first);
            Assert.True(last > first);
            expected = unchecked(last + 1);
        }
        while (last != long.MaxValue);

        (long First, long Last) Next()
        {
            stretch.Added += added;
            return stretch.Take(4096);
        }
    }

    private static string Subject(int worker) => $"cn=user{worker}";

    private static int Number(int worker, int i) => (worker * 1000) + i;

    private static async Task IssueAsync(SqliteCmaStore store, int worker, int count)
    {
        var serials = Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<byte>)Records.Serial(Number(worker, i))).ToArray();
        await store.ReserveSerialsAsync(serials, Records.Transaction(worker), Cancellation);
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => store.CommitAsync(
            new UnitOfWork
            {
                Transaction = Records.Transaction(Number(worker, i)),
                Answer = Records.Answer((byte)worker),
                Changes = [new StoreChange.AddCertificate(Records.Certificate(Number(worker, i)) with { Subject = Subject(worker) }, Records.Transaction(worker))],
            },
            Cancellation).AsTask()));
    }

    private static async Task<long> CountAsync(SqliteCmaStore store, string table) => (long)(await store.QueryAsync($"SELECT count(*) FROM {table}"))!;

    private Task<SqliteCmaStore> OpenAsync() => SqliteCmaStore.OpenAsync(Path, TimeProvider.System, Cancellation);
}
