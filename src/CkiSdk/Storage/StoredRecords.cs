using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage;

/// <summary>Checks records on their way into a store and makes its exceptions; every implementation uses it.</summary>
public static class StoredRecords
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

    /// <summary>Tells whether a certificate is a user's, so that it is revoked with him.</summary>
    /// <param name="certificate">The certificate.</param>
    public static bool IsOfUser(IssuedCertificate certificate) => certificate.Usage is IssuedCertificate.Send or IssuedCertificate.Receive;

    /// <summary>Requires that a request for recovered keys follows from the stored one: nobody takes back an approval, or a refusal, that he has not seen.</summary>
    /// <param name="known">The stored one; null for none.</param>
    /// <param name="put">The one that shall replace it.</param>
    /// <exception cref="StaleStateException">It was decided on what is no longer so.</exception>
    public static void RequireFollowing(RecoveryCase? known, RecoveryCase put)
    {
        if (known is not null && ((known.RefusedBy is not null && known.RefusedBy != put.RefusedBy) || !known.Approvers.SequenceEqual(put.Approvers.Take(known.Approvers.Count))))
            throw Stale($"the recovery case {put.Id}");
    }

    /// <summary>Makes the exception for a reference that is used for another key already.</summary>
    /// <param name="key">The key that was not added.</param>
    public static InvalidOperationException ReferenceUsed(StoredInteroperabilityKey key) =>
        new($"Another interoperability key with the reference {key.MyReference} is stored already.");

    /// <summary>Makes the exception for a certificate whose serial number was not reserved for its transaction.</summary>
    /// <param name="serial">The serial number's content octets.</param>
    public static InvalidOperationException NotReserved(ReadOnlyMemory<byte> serial) =>
        new($"The serial number {Convert.ToHexString(serial.Span)} was not reserved for this transaction; reserve it before signing.");

    /// <summary>Makes the exception for work that was decided on what is no longer so.</summary>
    /// <param name="what">What has changed.</param>
    public static StaleStateException Stale(string what) => new($"Meanwhile {what} has changed.");
}
