using CkiSdk.Protocol.Server;

namespace CkiSdk.Storage;

/// <summary>Checks interoperability keys on their way into a store; every implementation uses it.</summary>
public static class StoredKeys
{
    // RFC 3394 adds eight octets to the 32 of the key.
    private const int WrappedLength = 40;

    /// <summary>Requires that the key is wrapped, as far as its length tells, so that none is ever stored in the clear.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">The wrapped key does not have 40 octets.</exception>
    public static void RequireWrapped(StoredInteroperabilityKey key)
    {
        if (key.WrappedKey.Length != WrappedLength)
            throw new ArgumentException($"A wrapped interoperability key has {WrappedLength} octets, this one {key.WrappedKey.Length}.", nameof(key));
    }

    /// <summary>Makes the exception for a reference that is used already.</summary>
    /// <param name="key">The key that was not added.</param>
    public static InvalidOperationException ReferenceUsed(StoredInteroperabilityKey key) =>
        new($"An interoperability key with the reference {key.MyReference} is stored already.");
}
