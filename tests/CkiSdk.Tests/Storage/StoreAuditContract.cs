using CkiSdk.Protocol.Storage;
using static CkiSdk.Tests.Storage.Records;

namespace CkiSdk.Tests.Storage;

/// <summary>Holds what every store promises about the audit log and about who has asked for certificates.</summary>
public abstract class StoreAuditContract : StoreExchangeContract
{
    private static readonly AuditEntry Entry = new(Now, "a.b", "cn=a1", "détail");

    [Fact]
    public async Task Audit_IsChained_FromTheFirstEntryOn()
    {
        var empty = await Store.ReadAuditAsync(Cancellation);
        Assert.Equal((0, AuditHead.Empty.ToString()), (empty.Links.Count, empty.Head.ToString()));
        Assert.True(AuditChain.Verify(empty).IsIntact);
        await Store.WriteAsync(new StoreChange.Audit(Entry), new StoreChange.Audit(Entry with { Event = "c" }));
        await Store.WriteAsync(new StoreChange.Audit(Entry with { Event = "d" }));
        var log = await Store.ReadAuditAsync(Cancellation);
        Assert.Equal([(1L, "a.b"), (2L, "c"), (3L, "d")], log.Links.Select(link => (link.Number, link.Entry.Event)));
        Assert.Equal(Entry, log.Links[0].Entry);
        var finding = AuditChain.Verify(log);
        Assert.True(finding.IsIntact, finding.Reason);
        Assert.Equal((3, log.Head.ToString()), (finding.Entries, finding.Head.ToString()));
    }

    [Fact]
    public async Task Audit_IsRead_InParts_AndChecked_PartByPart()
    {
        Assert.Equal((0, 0L), await Part(0, 10));
        Assert.True((await AuditVerifier.VerifyAsync(Store, null, Cancellation)).IsIntact);
        await Store.WriteAsync([.. Enumerable.Range(1, 25).Select(number => new StoreChange.Audit(Entry with { Detail = $"{number}" }))]);
        Assert.Equal((0, 25L), await Part(0, 0));
        Assert.Equal((10, 25L), await Part(0, 10));
        Assert.Equal((0, 25L), await Part(25, 10));
        Assert.Equal((0, 25L), await Part(long.MaxValue, 10));
        Assert.Equal([21L, 22, 23, 24, 25], (await Store.ReadAuditPartAsync(20, 10, Cancellation)).Links.Select(link => link.Number));

        var verifier = new AuditVerifier();
        Assert.Null(await verifier.GoOnAsync(Store, 10, Cancellation));
        Assert.Null(await verifier.GoOnAsync(Store, 14, Cancellation));
        Assert.Equal(24, verifier.Head.Number);
        var finding = await verifier.GoOnAsync(Store, 1, Cancellation);
        Assert.Equal((true, 25), (finding!.IsIntact, finding.Entries));

        // The log goes on, and so does the check.
        await Store.WriteAsync(new StoreChange.Audit(Entry));
        Assert.Equal(26, (await verifier.GoOnAsync(Store, 100, Cancellation))!.Entries);
        Assert.True((await AuditVerifier.VerifyAsync(Store, finding.Head, Cancellation)).IsIntact);
        Assert.False((await AuditVerifier.VerifyAsync(Store, finding.Head with { Hash = new byte[32] }, Cancellation)).IsIntact);

        async Task<(int, long)> Part(long after, int most)
        {
            var part = await Store.ReadAuditPartAsync(after, most, Cancellation);
            return (part.Links.Count, part.Head.Number);
        }
    }

    [Fact]
    public async Task Audit_IsWritten_WithItsChange_OrNotAtAll()
    {
        await Store.WriteAsync(new StoreChange.PutKey(Key("0A", "o=b", 1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync(new StoreChange.Audit(Entry), new StoreChange.PutKey(Key("0A", "o=c", 1))).AsTask());
        Assert.Empty((await Store.ReadAuditAsync(Cancellation)).Links);
    }

    [Fact]
    public async Task Audit_HoldsTogether_WhenManyWriteAtOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Store.WriteAsync(new StoreChange.Audit(Entry with { Detail = $"{number}" })).AsTask()));
        var log = await Store.ReadAuditAsync(Cancellation);
        Assert.True(AuditChain.Verify(log).IsIntact);
        Assert.Equal(200, log.Links.Select(link => link.Entry.Detail).Distinct().Count());
    }

    [Fact]
    public async Task Holders_AreKept_UntilTheyAreForgotten()
    {
        await Store.TryReserveSerialAsync(Serial(1), Transaction(1), Cancellation);
        await Store.CommitAsync(Transaction(1), Answer(1), Certificate(1), Cancellation);
        Assert.Empty(await Store.ListHoldersAsync(Serial(1), Cancellation));
        await Store.WriteAsync(new StoreChange.AddHolder(Serial(1), "cn=b"), new StoreChange.AddHolder(Serial(1), "cn=a"), new StoreChange.AddHolder(Serial(1), "cn=b"));
        Assert.Equal(["cn=a", "cn=b"], await Store.ListHoldersAsync(Serial(1), Cancellation));
        await Store.WriteAsync(new StoreChange.RemoveHolders(Serial(1)));
        Assert.Empty(await Store.ListHoldersAsync(Serial(1), Cancellation));
    }

    [Fact]
    public async Task Holders_OfACertificateThatIsRefused_AreNotKept()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync(new StoreChange.AddCertificate(Certificate(1), Transaction(1)) { Holder = "cn=a" }).AsTask()); // its serial number is nobody's
        Assert.Empty(await Store.ListHoldersAsync(Serial(1), Cancellation));
        Assert.Null(await Store.FindCertificateAsync(Serial(1), Cancellation));
    }

    [Fact]
    public async Task Holders_AreKept_WhetherTheyComeWithTheCertificate_OrLater()
    {
        foreach (var number in new[] { 1, 2, 3 }) await Store.TryReserveSerialAsync(Serial(number), Transaction(1), Cancellation);
        await Store.WriteAsync(
            Add(1) with { Holder = "cn=c" }, new StoreChange.AddHolder(Serial(1), "cn=a"), new StoreChange.AddHolder(Serial(1), "cn=c"),
            Add(2), Add(3), new StoreChange.AddHolder(Serial(2), "cn=d"));
        await Same("cn=a cn=c", "cn=d", "");
        await Store.WriteAsync(
            new StoreChange.AddHolder(Serial(1), "cn=c"), new StoreChange.AddHolder(Serial(1), "cn=b"), new StoreChange.AddHolder(Serial(2), "cn=d"), new StoreChange.AddHolder(Serial(3), "cn=e"));
        await Same("cn=a cn=b cn=c", "cn=d", "cn=e");
        await Store.WriteAsync(new StoreChange.RemoveHolders(Serial(1)), new StoreChange.RemoveHolders(Serial(3)));
        await Same("", "cn=d", "");
        await Store.WriteAsync(new StoreChange.AddHolder(Serial(1), "cn=c"));
        await Same("cn=c", "cn=d", "");

        StoreChange.AddCertificate Add(int number) => new(Certificate(number), Transaction(1));

        async Task Same(params string[] holders)
        {
            foreach (var (index, expected) in holders.Index()) Assert.Equal(expected, string.Join(' ', await Store.ListHoldersAsync(Serial(index + 1), Cancellation)));
        }
    }
}
