using System.Diagnostics;
using System.Security.Cryptography;

namespace CkiSdk.Crypto;

/// <summary>Holds secret octets in memory that never moves and is zeroed on disposal.</summary>
/// <remarks>Whoever creates or receives a secret owns it and disposes it. Nothing about its content shows in text, in a debugger or in exceptions.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Secret : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _octets; // pinned: the collector leaves no copies behind

    private bool _disposed;

    /// <summary>Makes a secret of zeros, to be filled through <see cref="Span"/>.</summary>
    /// <param name="length">The length in octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public Secret(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _octets = GC.AllocateArray<byte>(length, pinned: true);
    }

    /// <summary>Gets the length in octets.</summary>
    public int Length => _octets.Length;

    /// <summary>Gets the octets themselves, not a copy.</summary>
    /// <exception cref="ObjectDisposedException">The secret was disposed.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Span<byte> Span => Memory.Span;

    /// <summary>Gets the octets themselves, not a copy.</summary>
    /// <exception cref="ObjectDisposedException">The secret was disposed.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Memory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _octets;
        }
    }

    /// <summary>Copies octets into a new secret; the caller zeroes its own copy.</summary>
    /// <param name="octets">The octets to copy.</param>
    /// <returns>The new secret.</returns>
    public static Secret From(ReadOnlySpan<byte> octets)
    {
        var secret = new Secret(octets.Length);
        octets.CopyTo(secret._octets);
        return secret;
    }

    /// <summary>Draws a new secret from a random source.</summary>
    /// <param name="length">The length in octets.</param>
    /// <param name="source">Where the octets come from.</param>
    /// <returns>The new secret.</returns>
    public static Secret Random(int length, IRandomSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var secret = new Secret(length);
        source.Fill(secret._octets);
        return secret;
    }

    /// <summary>Copies the octets into a secret of its own, so that both can be disposed apart.</summary>
    /// <returns>The copy.</returns>
    /// <exception cref="ObjectDisposedException">The secret was disposed.</exception>
    public Secret Copy() => From(Span);

    /// <summary>Compares the octets in a time that depends on their length only.</summary>
    /// <param name="octets">The octets to compare with.</param>
    /// <returns><see langword="true"/> if length and content are equal.</returns>
    /// <exception cref="ObjectDisposedException">The secret was disposed.</exception>
    public bool FixedTimeEquals(ReadOnlySpan<byte> octets) => CryptographicOperations.FixedTimeEquals(Span, octets);

    /// <summary>Zeroes the octets.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_octets);
        _disposed = true;
    }

    /// <summary>Names the length and nothing else: <c>Secret(32)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"Secret({Length})";
}
