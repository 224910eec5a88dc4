using CkiSdk.Protocol.Storage;

namespace CkiSdk.Tests.Storage;

/// <summary>Checks that whatever is done to an audit log afterwards is found, and where.</summary>
public sealed class AuditChainTests
{
    private static readonly AuditLog Log = Make(5);

    [Fact]
    public void AnUntouchedLog_IsIntact()
    {
        var finding = AuditChain.Verify(Log, Log.Head);
        Assert.True(finding.IsIntact);
        Assert.Equal((5, Log.Head.ToString()), (finding.Entries, finding.Head.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void AChangedEntry_IsFound(int number)
    {
        var entry = Log.Links[number - 1].Entry;
        foreach (var changed in new[]
        {
            entry with { At = entry.At.AddTicks(1) }, entry with { Event = entry.Event + "x" }, entry with { Party = "" }, entry with { Detail = "other" },
            entry with { Event = entry.Event + entry.Party, Party = "" },
        })
        {
            AssertBroken(number, Log with { Links = Log.Links.Select(link => link.Number == number ? link with { Entry = changed } : link).ToArray() });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ADeletedEntry_IsFound(int number)
    {
        AssertBroken(number, Log with { Links = Log.Links.Where(link => link.Number != number).ToArray() });
        AssertBroken(number, Log with { Links = Renumber(Log.Links.Where(link => link.Number != number)) });
    }

    [Fact]
    public void AnInsertedEntry_IsFound()
    {
        var stranger = Log.Links[0].Entry with { Detail = "put in" };
        AssertBroken(3, Log with { Links = Renumber([.. Log.Links.Take(2), new AuditLink(3, stranger, Log.Links[1].Hash), .. Log.Links.Skip(2)]) });
        AssertBroken(6, Log with { Links = [.. Log.Links, new AuditLink(6, stranger, AuditChain.Next(Log.Head, stranger).Hash)] });
    }

    [Fact]
    public void MovedEntries_AreFound() => AssertBroken(2, Log with { Links = Renumber([Log.Links[0], Log.Links[2], Log.Links[1], Log.Links[3], Log.Links[4]]) });

    [Fact]
    public void ACutEnd_IsFound_ByTheHead() => AssertBroken(4, Log with { Links = Log.Links.Take(3).ToArray() });

    [Fact]
    public void ACutEnd_WithItsHead_IsFound_ByAHeadThatWasNoted()
    {
        var cut = Make(3);
        Assert.True(AuditChain.Verify(cut).IsIntact);
        var finding = AuditChain.Verify(cut, Log.Head);
        Assert.False(finding.IsIntact);
        Assert.Equal(4, finding.BrokenAt);
        Assert.True(AuditChain.Verify(Log, cut.Head).IsIntact);
        Assert.True(AuditChain.Verify(Log, AuditHead.Empty).IsIntact);
    }

    [Fact]
    public void ALogThatWasWrittenAnew_IsFound_ByAHeadThatWasNoted()
    {
        var anew = Make(7, "other");
        Assert.True(AuditChain.Verify(anew).IsIntact);
        Assert.Equal(5, AuditChain.Verify(anew, Log.Head).BrokenAt);
    }

    private static void AssertBroken(long at, AuditLog log)
    {
        var finding = AuditChain.Verify(log);
        Assert.Equal(at, finding.BrokenAt);
        Assert.False(finding.IsIntact);
    }

    private static AuditLink[] Renumber(IEnumerable<AuditLink> links) => [.. links.Select((link, index) => link with { Number = index + 1 })];

    private static AuditLog Make(int count, string detail = "detail")
    {
        var head = AuditHead.Empty;
        var links = new List<AuditLink>();
        for (var number = 1; number <= count; number++)
        {
            var entry = new AuditEntry(Records.Now.AddSeconds(number), $"event.{number}", "cn=a1", detail);
            head = AuditChain.Next(head, entry);
            links.Add(new AuditLink(number, entry, head.Hash));
        }

        return new AuditLog(links, head);
    }
}
