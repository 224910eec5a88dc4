using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Protocol.Storage;
using CkiSdk.Tests.Storage;
using CkiSdk.TestSupport;
using FsCheck.Xunit;
using Microsoft.Data.Sqlite;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Shows that certificates are stored without the parameters of their group, and come back whole, whatever octets they are.</summary>
public sealed class PackedCertificateTests : IDisposable
{
    private static readonly byte[][] Parameters = [.. DhGroups.Named.Select(ParametersOf)];
    private static readonly byte[] Run = Convert.FromHexString("ADF85458A2BB4A9A");
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => _folder.PathOf("cma.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ffdhe2048", 1)]
    [InlineData("ffdhe3072", 2)]
    [InlineData("ffdhe4096", 3)]
    [InlineData("ffdhe6144", 4)]
    [InlineData("ffdhe8192", 5)]
    public void Pack_Writes_ThisForm_WhichStandsInFiles(string name, int number)
    {
        var group = Assert.Single(DhGroups.Named, group => group.Name == name);
        byte[] encoded = [0x30, 1, 2, .. DhPublicKeys.Encode(group, [7])];
        var place = 3 + encoded.AsSpan(3).IndexOf(ParametersOf(group));
        byte[] expected = [0x50, (byte)number, 0, 0, 0, (byte)place, .. encoded[..place], .. encoded[(place + ParametersOf(group).Length)..]];
        Assert.Equal(expected, PackedCertificate.Pack(encoded).ToArray());
        Assert.Equal(encoded, PackedCertificate.Unpack(expected));
    }

    [Theory]
    [InlineData("parameters alone", "p", 6)]
    [InlineData("parameters twice: once they stay", "xppy", 784 + 6 + 2)]
    [InlineData("at the start", "pxy", 6 + 2)]
    [InlineData("at the end", "xyp", 6 + 2)]
    [InlineData("behind what begins like them", "xccrp", 6 + 1 + 783 + 783 + 8)]
    [InlineData("behind what looks like the form", "mp", 6 + 1)]
    [InlineData("cut short", "xc", 1 + 783)]
    [InlineData("no more than what they are found by", "r", 8)]
    [InlineData("nothing", "", 0)]
    [InlineData("what begins like the form", "mx", 4)]
    [InlineData("no more than the mark", "m", 3)]
    public void Unpack_GivesBack_WhatWasPacked(string what, string parts, int length)
    {
        var octets = Octets(parts);
        var packed = PackedCertificate.Pack(octets);
        Assert.Equal(octets, PackedCertificate.Unpack(packed.Span));
        Assert.True(packed.Length == length, $"{what}: {packed.Length}");
    }

    [Property]
    public void Unpack_GivesBack_AnyOctets(byte[] octets) => Same(octets);

    [Property(MaxTest = 1000)]
    public void Unpack_GivesBack_AnyMixture(byte[][] pieces, int seed)
    {
        var random = new Random(seed);
        var mixture = pieces.SelectMany(piece => random.Next(7) switch
        {
            0 => Any(Parameters, random),
            1 => Any(Parameters, random)[..^random.Next(1, 30)],
            2 => Any(Parameters, random)[random.Next(1, 30)..],
            3 => Run,
            4 => PackedCertificate.Pack(Any(Parameters, random)).ToArray(),
            5 => [PackedCertificate.Mark, (byte)random.Next(7)],
            _ => piece,
        }).ToArray();
        Same(mixture);
        Same([PackedCertificate.Mark, .. mixture]);
    }

    [Theory]
    [InlineData("nothing behind the mark", "50")]
    [InlineData("no place", "5001000000")]
    [InlineData("a place behind the end", "50020000000201")]
    [InlineData("a place that no octets have", "5002FFFFFFFF0102")]
    [InlineData("an unknown group", "50060000000001")]
    public void Unpack_Rejects_WhatIsNotInTheForm(string what, string packed)
    {
        Assert.NotEmpty(what);
        Assert.Throws<InvalidDataException>(() => PackedCertificate.Unpack(Convert.FromHexString(packed)));
    }

    [Fact]
    public async Task Certificates_OfTheNinthSchema_AreRead_BesideThoseThatAreWrittenNow()
    {
        var (before, now) = (Octets("xxpyx"), Octets("xypxy"));
        await (await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, [.. Migration.All.Take(9)], Cancellation)).DisposeAsync();
        using var older = new SqliteSession(Path); // of a program that still runs
        Write(older, before);
        await using var store = await SqliteCmaStore.OpenAsync(Path, TimeProvider.System, Cancellation);
        var added = Records.Certificate(2) with { Encoded = now, NotAfter = Records.Now.AddDays(60) };
        await store.TryReserveSerialAsync(added.Serial, Records.Transaction(2), Cancellation);
        var answer = Records.Answer(2) with { Body = (byte[])[1, .. now, 2] };
        await store.CommitAsync(Records.Transaction(2), answer, added, Cancellation);

        Records.Same(Records.Certificate(1) with { Encoded = before }, await store.FindCertificateAsync(Records.Serial(1), Cancellation));
        Records.Same(added, await store.FindCertificateAsync(added.Serial, Cancellation));
        Records.Same(Records.Answer(1) with { Body = (byte[])[3, .. before] }, await store.FindAnswerAsync(Records.Transaction(1), Cancellation));
        Records.Same(answer, await store.FindAnswerAsync(Records.Transaction(2), Cancellation));
        byte[][] both = [now, before];
        Assert.Equal(both, (await store.ListCertificatesAsync(added.Subject, "send", Records.Now, Cancellation)).Select(found => found.Encoded.ToArray()));
        Assert.Equal(both, (await store.ListAllCertificatesAsync(added.Subject, "send", Cancellation)).Select(found => found.Encoded.ToArray()));
        Assert.Equal([before, now], (await store.ListEndingAsync(Records.Now, Records.Now.AddYears(1), Cancellation)).Select(found => found.Encoded.ToArray()));
        Assert.Equal(["50", "30"], new[] { 2, 1 }.Select(number => (string)older.Scalar("SELECT hex(substr(packed, 1, 1)) FROM certificates WHERE serial = $1", Records.Serial(number))!));

        // The older program says that it cannot read them, instead of giving out what is none.
        var failure = Assert.Throws<SqliteException>(() => older.Scalar("SELECT encoded FROM certificates WHERE serial = $1", Records.Serial(2)));
        Assert.Contains("encoded", failure.Message, StringComparison.Ordinal);
    }

    private static void Write(SqliteSession session, byte[] encoded)
    {
        var transaction = Records.Transaction(1);
        session.Execute("INSERT INTO serials VALUES ($1, $2, $3, 1)", Records.Serial(1), transaction.Sender, transaction.TransactionId);
        var answer = Records.Answer(1) with { Body = (byte[])[3, .. encoded] };
        var certificate = Records.Certificate(1) with { Encoded = encoded };
        Assert.True(Answers.TryAdd(session, transaction, answer, AnswerBody.Of(answer.Body.Span, [new StoreChange.AddCertificate(certificate, transaction)])));
        session.Execute(
            "INSERT INTO certificates (serial, usage, subject, not_after, encoded, generation) VALUES ($1, $2, $3, $4, $5, 0)",
            Records.Serial(1), certificate.Usage, certificate.Subject, certificate.NotAfter.UtcTicks, encoded);
        CertificateSubjects.Add(session, certificate);
        Assert.Equal(encoded, session.Scalar("SELECT encoded FROM certificates WHERE serial = $1", Records.Serial(1)));
    }

    private static void Same(byte[] octets) => Assert.Equal(octets, PackedCertificate.Unpack(PackedCertificate.Pack(octets).Span));

    private static byte[] Any(byte[][] of, Random random) => of[random.Next(of.Length)];

    private static byte[] ParametersOf(DhGroup group) => DhPublicKeys.IdentifierOf(group).Parameters!.Value.Encoded.ToArray();

    // p: the parameters of ffdhe3072, c: cut short, r: what they are found by, m: the mark, else: the octet 0x30.
    private static byte[] Octets(string parts) => [.. parts.SelectMany(part => part switch
    {
        'p' => ParametersOf(DhGroups.Ffdhe3072),
        'c' => ParametersOf(DhGroups.Ffdhe3072)[..^1],
        'r' => Run,
        'm' => new[] { PackedCertificate.Mark },
        _ => new byte[] { 0x30 },
    })];
}
