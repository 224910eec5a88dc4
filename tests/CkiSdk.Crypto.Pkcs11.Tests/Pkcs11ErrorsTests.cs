using Net.Pkcs11Interop.Common;

namespace CkiSdk.Crypto.Pkcs11.Tests;

public sealed class Pkcs11ErrorsTests
{
    [Fact]
    public void Translate_Names_EveryValue()
    {
        foreach (var value in Enum.GetValues<CKR>().Where(value => value != CKR.CKR_OK))
        {
            var exception = Pkcs11Errors.Translate(new Pkcs11Exception("C_Sign", value));
            Assert.Contains(value.ToString(), exception.Message, StringComparison.Ordinal);
            Assert.Contains("C_Sign", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(CKR.CKR_PIN_INCORRECT, CryptoError.PinIncorrect)]
    [InlineData(CKR.CKR_PIN_LEN_RANGE, CryptoError.PinIncorrect)]
    [InlineData(CKR.CKR_PIN_LOCKED, CryptoError.PinUnusable)]
    [InlineData(CKR.CKR_PIN_EXPIRED, CryptoError.PinUnusable)]
    [InlineData(CKR.CKR_USER_PIN_NOT_INITIALIZED, CryptoError.PinUnusable)]
    [InlineData(CKR.CKR_USER_NOT_LOGGED_IN, CryptoError.LoginRequired)]
    [InlineData(CKR.CKR_DEVICE_REMOVED, CryptoError.DeviceUnavailable)]
    [InlineData(CKR.CKR_TOKEN_NOT_PRESENT, CryptoError.DeviceUnavailable)]
    [InlineData(CKR.CKR_SESSION_HANDLE_INVALID, CryptoError.DeviceUnavailable)]
    [InlineData(CKR.CKR_CRYPTOKI_NOT_INITIALIZED, CryptoError.DeviceUnavailable)]
    [InlineData(CKR.CKR_KEY_HANDLE_INVALID, CryptoError.KeyNotFound)]
    [InlineData(CKR.CKR_KEY_FUNCTION_NOT_PERMITTED, CryptoError.NotPermitted)]
    [InlineData(CKR.CKR_TOKEN_WRITE_PROTECTED, CryptoError.NotPermitted)]
    [InlineData(CKR.CKR_MECHANISM_INVALID, CryptoError.UnsupportedAlgorithm)]
    [InlineData(CKR.CKR_KEY_TYPE_INCONSISTENT, CryptoError.UnsupportedKey)]
    [InlineData(CKR.CKR_PUBLIC_KEY_INVALID, CryptoError.InvalidPublicValue)]
    [InlineData(CKR.CKR_HOST_MEMORY, CryptoError.Failure)]
    public void CodeOf_Tells_WhatMatters(CKR value, CryptoError code) => Assert.Equal(code, Pkcs11Errors.CodeOf(value));

    [Theory]
    [InlineData(CKR.CKR_DEVICE_REMOVED, true)]
    [InlineData(CKR.CKR_SESSION_HANDLE_INVALID, true)]
    [InlineData(CKR.CKR_TOKEN_NOT_PRESENT, true)]
    [InlineData(CKR.CKR_CRYPTOKI_NOT_INITIALIZED, true)]
    [InlineData(CKR.CKR_PIN_INCORRECT, false)]
    [InlineData(CKR.CKR_PIN_LOCKED, false)]
    [InlineData(CKR.CKR_DATA_LEN_RANGE, false)]
    public void IsLost_Holds_WhereConnectingAgainHelps(CKR value, bool isLost) => Assert.Equal(isLost, Pkcs11Errors.IsLost(value));
}
