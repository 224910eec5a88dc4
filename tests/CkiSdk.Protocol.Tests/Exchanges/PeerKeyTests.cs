using System.Security.Cryptography;
using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;
using CkiSdk.Crypto;
using CkiSdk.Pki.Algorithms;
using CkiSdk.Pki.Certificates;
using CkiSdk.Protocol.Derivation;
using CkiSdk.Protocol.Storage;
using CkiSdk.Protocol.Tests.World;

namespace CkiSdk.Protocol.Tests.Exchanges;

/// <summary>Checks of what two CMAs make their common key: each of its own domain private key and the certificate that the other one has sent (CKI Part 2 ¶48, C.4 to C.7).</summary>
public sealed class PeerKeyTests : TwoDomains
{
    [Fact]
    public async Task EachSide_MakesTheKey_OfItsDomainKey_AndOfTheOthersCertificate()
    {
        await A.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        await B.Cma.Administration.CreateDomainKeyAsync(Now, Now.AddDays(300));
        var (ofA, ofB) = (Assert.Single(await A.Store.ListDomainKeysAsync()), Assert.Single(await B.Store.ListDomainKeysAsync()));

        // C.4: A sends its domain certificate, C.5: B answers with its own.
        var request = await A.Cma.Requests.RequestPeerKeyAsync(B.Name);
        var asked = Assert.IsType<PKIBody.CkiPrr>(PKIMessage.Decode(request.Octets).Body).Value;
        Assert.Equal(ofA.Certificate.ToArray(), asked.DomainCertificate.Encode());
        var answer = await B.Ask(request.Octets, A.Party);
        var told = Assert.IsType<PKIBody.CkiPrp>(answer.Body).Value.PeerExchangeInfo!;
        Assert.Equal(ofB.Certificate.ToArray(), told.DomainCertificate.Encode());

        // C.6: B has the key of what A has sent, before A has any; C.7: A has it of what B has sent.
        var sideA = new DomainSide(A.Name.Name, asked.MyIKRef.Value.Memory, SHA256.HashData(ofA.Certificate.Span));
        var sideB = new DomainSide(B.Name.Name, told.MyIKRef.Value.Memory, SHA256.HashData(ofB.Certificate.Span));
        Assert.Empty(await Keys(A, B));
        using var byB = Agree(B, ofB, asked.DomainCertificate.Encode());
        using var keyOfB = KeyDerivation.InteroperabilityKey(byB, sideB, sideA);
        AssertHas(B, keyOfB, Assert.Single(await Keys(B, A)));
        await A.Cma.Requests.CompleteAsync(B.Deliver(answer.Encode()));
        using var byA = Agree(A, ofA, told.DomainCertificate.Encode());
        using var keyOfA = KeyDerivation.InteroperabilityKey(byA, sideA, sideB);
        AssertHas(A, keyOfA, Assert.Single(await Keys(A, B)));
        Assert.True(keyOfA.FixedTimeEquals(keyOfB.Span));
    }

    private protected override async Task ShareAsync()
    {
        await A.Cma.Peers.PutAsync(B.Name, PartyKinds.Cma, DomainRule.Of(B.Options.Certificate));
        await B.Cma.Peers.PutAsync(A.Name, PartyKinds.Cma, DomainRule.Of(A.Options.Certificate));
    }

    private static Secret Agree(TestCma own, StoredDomainKey key, byte[] certificate)
    {
        Assert.True(DhPublicKeys.TryDecode(Pki.Certificates.Certificate.Decode(certificate).SubjectPublicKeyInfo, DhGroups.Named, out var group, out var theirs));
        using var exponent = TestWorld.Provider.KeyWrap.UnwrapPadded(own.Options.StorageKey, key.WrappedExponent.Span)!;
        return TestWorld.Provider.DiffieHellman.Agree(group, exponent, theirs);
    }

    private static void AssertHas(TestCma cma, Secret expected, StoredInteroperabilityKey key)
    {
        using var found = TestWorld.Provider.KeyWrap.Unwrap(cma.Options.StorageKey, key.WrappedKey.Span)!;
        Assert.True(expected.FixedTimeEquals(found.Span));
    }

    private static async Task<IEnumerable<StoredInteroperabilityKey>> Keys(TestCma of, TestCma with) =>
        (await of.Store.ListInteroperabilityKeysAsync()).Where(key => key.ExternalCma == with.Name.Canonical);
}
