using Microsoft.Data.Sqlite;

namespace CkiSdk.Cli.Tests.Domains;

/// <summary>Shows that <c>cki audit</c> tells what an authority has done, and finds what somebody has changed in it.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Log_IsChecked_AndAChangeIsFound()
    {
        await using var domains = await TwoDomains.CreateAsync(hasTlcma: false);
        await domains.StartAsync("a");
        await domains.EnrolAsync("a1");
        var first = await TwoDomains.Json("audit", "verify", "--home", domains.PathOf("a"));
        Assert.True(first.GetProperty("intact").GetBoolean());
        var entries = (await TwoDomains.Json("audit", "list", "--home", domains.PathOf("a"))).GetProperty("entries").EnumerateArray().ToArray();
        var events = entries.Select(entry => entry.GetProperty("event").GetString()).ToArray();
        Assert.Contains(entries, entry => entry.GetProperty("party").GetString() == TwoDomains.NameOf("a1")); // as people write it
        Assert.DoesNotContain(entries, entry => entry.ToString().Contains("2.5.4.", StringComparison.Ordinal));
        Assert.Contains("user.enrolled", events);
        Assert.Equal(first.GetProperty("entries").GetInt32(), events.Length);
        await AssertPartsAsync(domains.PathOf("a"), events.Length);
        string[] noted = ["audit", "verify", "--home", domains.PathOf("a"), "--noted", first.GetProperty("head").GetString()!];
        await TwoDomains.Ok(noted);
        await TwoDomains.Fails(2, "audit", "verify", "--home", domains.PathOf("a"), "--noted", "12");

        using (var connection = new SqliteConnection($"Data Source={domains.PathOf("a/store.sqlite")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE audit SET party = 'somebody else' WHERE number = 2";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await TwoDomains.Fails(1, noted);
        Assert.Contains("no backup was written", await TwoDomains.Fails(1, "backup", "--home", domains.PathOf("a"), "--out", domains.PathOf("a.tar")), StringComparison.Ordinal);
        Assert.False(File.Exists(domains.PathOf("a.tar")));
    }

    private static async Task AssertPartsAsync(string home, int entries)
    {
        Assert.True(entries > 3);
        Assert.Equal([entries - 1, entries], await NumbersAsync("--last", "2"));
        Assert.Equal(Enumerable.Range(4, entries - 3), await NumbersAsync("--after", "3"));
        Assert.Equal([entries], await NumbersAsync("--after", "2", "--last", "1"));
        Assert.Equal([entries], await NumbersAsync("--after", $"{entries - 1}", "--last", "9"));
        Assert.Empty(await NumbersAsync("--after", $"{entries}"));
        Assert.Empty(await NumbersAsync("--after", $"{long.MaxValue}"));
        Assert.Equal(entries, (await NumbersAsync("--last", $"{long.MaxValue}")).Length);
        await TwoDomains.Fails(2, "audit", "list", "--home", home, "--last", "0");
        await TwoDomains.Fails(2, "audit", "list", "--home", home, "--after", "-1");
        await TwoDomains.Fails(2, "audit", "list", "--home", home, "--after", "yesterday");

        async Task<int[]> NumbersAsync(params string[] options) =>
            [.. (await TwoDomains.Json(["audit", "list", "--home", home, .. options])).GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("number").GetInt32())];
    }
}
