using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;
using Certificate = CkiSdk.Pki.Certificates.Certificate;

namespace CkiSdk.Protocol.Tests.Model;

/// <summary>Checks what must hold whatever happens: no certificate for a revoked user, both ends of a key agree, no serial number twice, an audit log that holds together.</summary>
internal sealed class Invariants(ModelRun run)
{
    private readonly Dictionary<(string Cma, string Serial), Certificate> _issued = [];
    private readonly HashSet<(string Cma, string Subject, string Identifier)> _used = [];
    private readonly HashSet<(string Cma, string Subject, string Identifier)> _over = [];
    private readonly HashSet<string> _revoked = new(StringComparer.Ordinal); // as their operators have said, whatever the stores hold
    private bool _isSetBack;

    /// <summary>Notes that a user is revoked: the identifiers that his CMA has used for him are over.</summary>
    public void Revoked(TestAgent user)
    {
        _revoked.Add(user.Name.Canonical);
        _over.UnionWith(_used.Where(used => used.Cma == user.Cma.Name.Canonical && used.Subject == user.Name.Canonical));
    }

    /// <summary>Notes that a user is revoked no longer.</summary>
    public void Restored(TestAgent user) => _revoked.Remove(user.Name.Canonical);

    /// <summary>Notes that a CMA goes on from a backup: all identifiers that it has used are over, and it has forgotten some keys.</summary>
    public void SetBack(TestCma cma)
    {
        _over.UnionWith(_used.Where(used => used.Cma == cma.Name.Canonical));
        _isSetBack = true;
    }

    /// <summary>Checks the answer to a request.</summary>
    public async Task Answered(TestAgent asker, PKIBody body)
    {
        var certificates = body switch
        {
            PKIBody.CkiSCrp { Value.SendCertificate: { } send } => [send],
            PKIBody.CkiRCrp { Value.ReceiveCerts: { } receive } => receive.ToArray(),
            _ => [],
        };
        foreach (var certificate in certificates.Select(Certificate.From))
        {
            var isRevoked = await asker.Cma.Store.FindRevokedUserAsync(certificate.Subject.Canonical) is not null || (IsOf(asker.Cma, certificate.Subject) && _revoked.Contains(certificate.Subject.Canonical));
            var isNew = _issued.TryAdd((asker.Cma.Name.Canonical, Convert.ToHexString(certificate.SerialNumber.Octets.Span)), certificate);
            Assert.False(isNew && isRevoked, $"{asker.Cma.Name} made a certificate for {certificate.Subject}, who is revoked");
            var identifier = (asker.Cma.Name.Canonical, certificate.Subject.Canonical, certificate.SubjectKeyIdentifier!.Value.ToHex());
            Assert.False(isNew && _over.Contains(identifier), $"{asker.Cma.Name} used {identifier} again");
            _used.Add(identifier);
            Assert.Equal(_issued[(asker.Cma.Name.Canonical, Convert.ToHexString(certificate.SerialNumber.Octets.Span))], certificate);
            Assert.DoesNotContain(asker.Name.Canonical, _revoked);
        }
    }

    /// <summary>Tells whether an answer refuses because of who asks.</summary>
    public static bool IsUnauthorised(byte[] body) => PKIBody.Decode(body) switch
    {
        PKIBody.CkiSCrp { Value.Status.FailInfo: { } failure } => failure.Has(PKIFailureInfo.UnauthorisedAccess),
        PKIBody.CkiRCrp { Value.Status.FailInfo: { } failure } => failure.Has(PKIFailureInfo.UnauthorisedAccess),
        _ => false,
    };

    /// <summary>Checks that each CMA knows who of its users is revoked, and that both ends of each interoperability key agree.</summary>
    public async Task Check()
    {
        foreach (var cma in run.Cmas) await CheckRevoked(cma, run.Users.Where(user => user.Test.Cma == cma));
        var (a, b) = (run.Cmas[0], run.Cmas[1]);
        var theirs = (await b.Store.ListInteroperabilityKeysAsync()).Where(key => key.ExternalCma is not null).ToDictionary(key => key.MyReference, StringComparer.Ordinal);
        foreach (var mine in (await a.Store.ListInteroperabilityKeysAsync()).Where(key => key.ExternalCma is not null && theirs.ContainsKey(key.YourReference!)))
        {
            var other = theirs[mine.YourReference!];

            // Whoever was set back may have used a reference of the other side's once more; that takes the key of before out of use.
            if (other.YourReference != mine.MyReference && _isSetBack) continue;
            using var one = TestWorld.Provider.KeyWrap.Unwrap(a.Options.StorageKey, mine.WrappedKey.Span)!;
            using var two = TestWorld.Provider.KeyWrap.Unwrap(b.Options.StorageKey, other.WrappedKey.Span)!;
            Assert.True(one.FixedTimeEquals(two.Span), $"the ends of {mine.MyReference} differ");
            Assert.Equal((mine.MyReference, mine.NotBefore, mine.NotAfter), (other.YourReference, other.NotBefore, other.NotAfter));
        }
    }

    /// <summary>Checks that each CMA knows who of all users is revoked, once all announcements have come.</summary>
    public async Task CheckRevoked()
    {
        foreach (var cma in run.Cmas) await CheckRevoked(cma, run.Users);
    }

    /// <summary>Checks that neither side has a key made with the other that the other lacks, once all answers have come.</summary>
    public async Task CheckShared()
    {
        var ends = new List<string[]>();
        foreach (var cma in run.Cmas)
        {
            var shared = (await cma.Store.ListInteroperabilityKeysAsync()).Where(key => key is { ExternalCma: not null, Source: null } && key.NotAfter > run.World.Now);
            ends.Add([.. shared.Select(key => cma == run.Cmas[0] ? $"{key.MyReference} {key.YourReference}" : $"{key.YourReference} {key.MyReference}")]);
        }

        // Whoever was set back has forgotten keys, and made some under references that the other side has used: the one made last, under which is issued, both have.
        if (!_isSetBack) Assert.Equal(ends[0].Order(StringComparer.Ordinal), ends[1].Order(StringComparer.Ordinal));
        Assert.All(ends, end => Assert.All(ends, other => Assert.Contains(end[^1], other)));
    }

    /// <summary>Checks what the stores hold at the end.</summary>
    public async Task CheckStores()
    {
        foreach (var cma in run.Cmas)
        {
            var finding = AuditChain.Verify(await cma.Store.ReadAuditAsync());
            Assert.True(finding.IsIntact, finding.Reason);
            var pairs = from user in run.Users from usage in new[] { IssuedCertificate.Send, IssuedCertificate.Receive } select (user.Test.Name.Canonical, usage);
            var serials = new List<string>();
            foreach (var (name, usage) in pairs)
                serials.AddRange((await cma.Store.ListAllCertificatesAsync(name, usage)).Select(certificate => Convert.ToHexString(certificate.Serial.Span)));
            Assert.Equal(serials.Count, serials.Distinct(StringComparer.Ordinal).Count());
        }
    }

    private bool IsOf(TestCma cma, Pki.Names.DistinguishedName name) => run.Users.Any(user => user.Test.Cma == cma && user.Test.Name.Equals(name));

    private async Task CheckRevoked(TestCma cma, IEnumerable<ModelUser> users)
    {
        foreach (var name in users.Select(user => user.Test.Name))
            Assert.True(_revoked.Contains(name.Canonical) == await cma.Store.FindRevokedUserAsync(name.Canonical) is not null, $"{cma.Name} has another opinion than the operator on whether {name} is revoked");
    }
}
