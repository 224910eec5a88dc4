using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;
using CkiSdk.Pki.Names;
using CkiSdk.Protocol;
using CkiSdk.Protocol.Messages;
using CkiSdk.Protocol.Server;
using CkiSdk.Protocol.Storage;

namespace CkiSdk.Fuzz.Roles;

/// <summary>Is a CMA of the fuzzed world.</summary>
internal sealed record RoleDomain(Cma Cma, ICmaStore Store, Certificate Certificate, EncryptionIdentity Encryption, Secret StorageKey)
{
    public DistinguishedName Name => Certificate.Subject;

    public Peer Peer => new(Name, Encryption.Certificate);

    /// <summary>Gives the CMA an interoperability key that holds the canary.</summary>
    public void PutKey(string reference, RoleDomain? other, string? yours)
    {
        using var key = InsecureProvider.Derive(other is null ? [3] : [4], default, 32);
        var stored = new StoredInteroperabilityKey(reference, other?.Name.Canonical, RoleWorld.Now.AddDays(-1), RoleWorld.Now.AddDays(300), InsecureProvider.Value.KeyWrap.Wrap(StorageKey, key)) { YourReference = yours };
        StoreChange[] changes = other is null
            ? [new StoreChange.PutKey(stored)]
            : [new StoreChange.PutKey(stored), new StoreChange.AddAuthority(new StoredAuthority(other.Name.Canonical, other.Certificate.Encoded, RoleWorld.Now))];
        RoleWorld.Wait(Store.CommitAsync(UnitOfWork.Of(changes)));
    }
}
