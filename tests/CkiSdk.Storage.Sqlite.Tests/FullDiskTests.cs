using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Client;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Storage.Sqlite.Tests;

/// <summary>Runs a CMA on a disk that fills up, and on a file of which some tables cannot be written: nothing acknowledged is lost, and service resumes.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TestDomain.Now;
    private TestWorld _world = null!;
    private TestCma _a = null!;
    private TestAgent _a1 = null!;

    private SqliteCmaStore Store => (SqliteCmaStore)_a.Store;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.Create();
        _a = await _world.Add("A");
        _a1 = await _a.Enrol("CN=A1,O=Domain A,C=GB");
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AFullDisk_LosesNothing_AndServiceResumes_WhenThereIsSpace()
    {
        var pages = (long)(await Store.QueryAsync("PRAGMA page_count"))!;
        await Store.QueryAsync(FormattableString.Invariant($"PRAGMA max_page_count = {pages + 12}"));
        var (acknowledged, refused) = (new List<(AgentRequest Request, byte[] Body)>(), new List<AgentRequest>());
        for (var count = 0; count < 100 && refused.Count < 3; count++)
        {
            AgentRequest request = count % 2 == 0
                ? _a1.Agent.RequestSendCertificate(Now.AddHours(count))
                : _a1.Agent.RequestReceiveCertificates([_a1.Name], Now.AddHours(count), Now.AddDays(60 + count));
            try
            {
                acknowledged.Add((request, await BodyOf(request)));
            }
            catch (CmaStoreException)
            {
                refused.Add(request);
            }
        }

        Assert.Equal(3, refused.Count);
        Assert.True(acknowledged.Count > 3, $"only {acknowledged.Count} were answered before the disk was full");
        await AssertKept(acknowledged);
        await Store.QueryAsync("PRAGMA max_page_count = 1000000");
        foreach (var request in refused) acknowledged.Add((request, await BodyOf(request)));
        await AssertKept(acknowledged);
        _a.Restart();
        await AssertKept(acknowledged);
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit_head")]
    [InlineData("recent_subjects")]
    [InlineData("certificates")]
    [InlineData("answers")]
    public async Task ATableThatCannotBeWritten_StopsTheWhole_AndNothingStays(string table)
    {
        var what = table == "audit_head" ? "UPDATE" : "INSERT";
        await Store.QueryAsync($"CREATE TRIGGER broken BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END");
        var before = await Counts();
        var request = _a1.Agent.RequestReceiveCertificates([_a1.Name], Now, Now.AddDays(30));
        await Assert.ThrowsAsync<CmaStoreException>(() => BodyOf(request));
        Assert.Equal(before, await Counts());
        await Store.QueryAsync("DROP TRIGGER broken");
        await AssertKept([(request, await BodyOf(request))]);
    }

    private async Task<string> Counts() => string.Join(' ', await Task.WhenAll(
        new[] { "audit", "recent_subjects", "certificates", "answers" }.Select(async table => $"{await Store.QueryAsync($"SELECT count(*) FROM {table}")}")));

    // What was acknowledged comes again with the same body; each certificate is stored, under a number of its own, and the audit log holds together.
    private async Task AssertKept(IReadOnlyList<(AgentRequest Request, byte[] Body)> acknowledged)
    {
        var serials = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (request, body) in acknowledged)
        {
            Assert.Equal(body, await BodyOf(request));
            foreach (var certificate in CertificatesIn(PKIBody.Decode(body)))
            {
                var stored = await Store.FindCertificateAsync(certificate.SerialNumber.ToUnsigned().ToArray());
                Assert.Equal(certificate.Encoded.ToArray(), stored!.Encoded.ToArray());
                serials.Add(Convert.ToHexString(certificate.SerialNumber.Octets.Span));
            }
        }

        Assert.NotEmpty(serials);
        Assert.Equal(await Store.QueryAsync("SELECT count(*) FROM certificates"), await Store.QueryAsync("SELECT count(DISTINCT packed) FROM certificates"));
        Assert.True(AuditChain.Verify(await Store.ReadAuditAsync()).IsIntact);
        Assert.Equal("ok", await Store.QueryAsync("PRAGMA integrity_check"));
    }

    private static IEnumerable<Pki.Certificates.Certificate> CertificatesIn(PKIBody body) => (body switch
    {
        PKIBody.CkiSCrp { Value.SendCertificate: { } send } => [send],
        PKIBody.CkiRCrp { Value.ReceiveCerts: { } receive } => receive.ToArray(),
        _ => throw new InvalidOperationException($"not granted: {body}"),
    }).Select(Pki.Certificates.Certificate.From);

    private async Task<byte[]> BodyOf(AgentRequest request) =>
        PKIMessage.Decode(Assert.IsType<HandlingResult.Answer>(await _a.Handle(request.Octets, _a1.User)).Message).Body.Encode();
}
