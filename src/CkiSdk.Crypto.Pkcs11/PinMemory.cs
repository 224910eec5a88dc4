using System.Security.Cryptography;

namespace CkiSdk.Crypto.Pkcs11;

/// <summary>Remembers which PINs a token refused and which one it took, as keyed hashes that mean nothing outside this process.</summary>
internal sealed class PinMemory
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _right = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Tells whether the token refused this PIN before.</summary>
    public bool IsWrong(string serial, ReadOnlySpan<byte> pin)
    {
        var name = Name(serial, pin);
        lock (_gate)
            return _wrong.Contains(name);
    }

    /// <summary>Tells whether the PIN is another than the one that the token took; <see langword="false"/> if none is known.</summary>
    public bool IsOther(string serial, ReadOnlySpan<byte> pin)
    {
        var name = Name(serial, pin);
        lock (_gate)
            return _right.TryGetValue(serial, out var right) && right != name;
    }

    /// <summary>Remembers a refused PIN.</summary>
    public void AddWrong(string serial, ReadOnlySpan<byte> pin)
    {
        var name = Name(serial, pin);
        lock (_gate)
        {
            _wrong.Add(name);
            if (_right.TryGetValue(serial, out var right) && right == name)
                _right.Remove(serial); // it was changed meanwhile
        }
    }

    /// <summary>Remembers the PIN that the token took.</summary>
    public void SetRight(string serial, ReadOnlySpan<byte> pin)
    {
        var name = Name(serial, pin);
        lock (_gate)
            _right[serial] = name;
    }

    private string Name(string serial, ReadOnlySpan<byte> pin)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, pin, hash);
        return $"{serial}/{Convert.ToHexString(hash)}";
    }
}
