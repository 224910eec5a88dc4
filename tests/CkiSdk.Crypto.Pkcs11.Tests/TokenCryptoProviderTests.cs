using CkiSdk.Crypto.Software;
using CkiSdk.Crypto.Tests;

namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>Holds keys in SoftHSM2 to what keys in software do.</summary>
public sealed class TokenCryptoProviderTests(TokenFixture fixture)
    : CryptoProviderContract(CryptoProviders.Software with { Name = "token", Keys = fixture.Token.Keys }), IClassFixture<TokenFixture>;
