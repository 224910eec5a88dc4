using System.Runtime.InteropServices;

namespace CkiSdk.Benchmarks.Peers;

/// <summary>Agrees by OpenSSL's EVP_PKEY_derive, as <c>openssl speed ffdh2048</c> measures it: keys and peer are set once, and the derivation is repeated.</summary>
internal sealed unsafe partial class OpenSslDerivation
{
    private const string Library = "libcrypto.so.3";

    private readonly nint _context;
    private readonly byte[] _secret;

    /// <summary>Makes two keys in a group, and prepares the derivation.</summary>
    public OpenSslDerivation(string group, int length)
    {
        _secret = new byte[length];
        var (own, peer) = (NewKey(group), NewKey(group));
        _context = NewFromKey(0, own, 0);
        if (DeriveInit(_context) != 1 || SetPeer(_context, peer) != 1)
            throw new InvalidOperationException("OpenSSL does not derive.");
    }

    /// <summary>Derives the secret once more.</summary>
    public byte[] Derive()
    {
        var length = (nuint)_secret.Length;
        fixed (byte* secret = _secret)
        {
            if (Derive(_context, secret, ref length) != 1)
                throw new InvalidOperationException("OpenSSL does not derive.");
        }

        return _secret;
    }

    private static nint NewKey(string group)
    {
        var context = NewFromName(0, "DH", 0);
        nint key = 0;
        return KeygenInit(context) == 1 && SetGroup(context, group) == 1 && Generate(context, ref key) == 1
            ? key
            : throw new InvalidOperationException($"OpenSSL does not generate a key in {group}.");
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_CTX_new_from_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewFromName(nint library, string name, nint properties);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_CTX_new_from_pkey")]
    private static partial nint NewFromKey(nint library, nint key, nint properties);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_keygen_init")]
    private static partial int KeygenInit(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_CTX_set_group_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetGroup(nint context, string name);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_generate")]
    private static partial int Generate(nint context, ref nint key);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_derive_init")]
    private static partial int DeriveInit(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_derive_set_peer")]
    private static partial int SetPeer(nint context, nint peer);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_derive")]
    private static partial int Derive(nint context, byte* secret, ref nuint length);
}
