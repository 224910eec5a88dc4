using System.Text.Json;
using CkiSdk.Crypto;

namespace CkiSdk.Corpora.Wycheproof;

/// <summary>Judges decryption: accepted is what gives the message of the vector. An implicitly rejected RSAES-PKCS1-v1_5 ciphertext gives another, twice the same.</summary>
internal static class DecryptionJudges
{
    public static Func<JsonElement, bool>? For(WycheproofGroup group, ref string reason)
    {
        var isPkcs1 = group.Type == "RsaesPkcs1Decrypt";
        if (!isPkcs1 && (group.Hash() is null || group.Hash("mgfSha") is null))
        {
            reason += group.Text("mgfSha");
            return null;
        }

        if (Import(group, ref reason) is not { } key)
            return null;
        return test =>
        {
            var scheme = isPkcs1 ? RsaEncryptionScheme.Pkcs1 : RsaEncryptionScheme.Oaep(group.Hash()!.Value, group.Hash("mgfSha"), Judges.Octets(test, "label"));
            using var plaintext = Decrypt(key, scheme, Judges.Octets(test, "ct"));
            using var again = Decrypt(key, scheme, Judges.Octets(test, "ct"));
            if ((plaintext is null) != (again is null) || (plaintext is not null && !plaintext.FixedTimeEquals(again!.Span)))
                throw new InvalidOperationException("Two decryptions of one ciphertext differ.");
            return plaintext is not null && plaintext.FixedTimeEquals(Judges.Octets(test, "msg"));
        };
    }

    private static Secret? Decrypt(IDecryptionKey key, RsaEncryptionScheme scheme, byte[] ciphertext) =>
        key.DecryptAsync(scheme, ciphertext).AsTask().GetAwaiter().GetResult();

    private static IDecryptionKey? Import(WycheproofGroup group, ref string reason)
    {
        using var pkcs8 = Secret.From(group.Octets("privateKeyPkcs8")!);
        try
        {
            return Judges.Provider.Keys.ImportDecryptionKeyAsync(pkcs8).AsTask().GetAwaiter().GetResult();
        }
        catch (CryptoProviderException refusal)
        {
            reason = refusal.Message;
            return null;
        }
    }
}
