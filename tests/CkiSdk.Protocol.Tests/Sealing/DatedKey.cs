using CkiSdk.Crypto;
using CkiSdk.Pki.Certificates;

namespace CkiSdk.Protocol.Tests.Sealing;

/// <summary>A send or receive certificate with its private exponent.</summary>
internal sealed record DatedKey(Certificate Certificate, Secret Exponent, DhGroup Group)
{
    public async ValueTask<IDhKey> OpenAsync() => await SealingDomain.Provider.Keys.ImportDhKeyAsync(Group, Exponent);
}
