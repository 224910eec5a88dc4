namespace CkiSdk.Crypto.Pkcs11.Tests;

/// <summary>Is a token of one test class, with the user logged in.</summary>
public sealed class TokenFixture : IDisposable
{
    private readonly Pkcs11Module _module = SoftHsm.Load();

    public TokenFixture()
    {
        Label = $"token-{Guid.NewGuid():N}"[..20];
        TokenFolder = SoftHsm.CreateToken(Label);
        _module.Dispose();
        _module = SoftHsm.Load(); // to see the new token
        Token = SoftHsm.OpenAsync(_module, Label).GetAwaiter().GetResult();
    }

    public string Label { get; }

    public string TokenFolder { get; }

    public Pkcs11Token Token { get; }

    internal Pkcs11Module Module => _module;

    public void Dispose()
    {
        Token.Dispose();
        _module.Dispose();
    }
}
