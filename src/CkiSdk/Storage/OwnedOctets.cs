using CkiSdk.Protocol.Storage;

namespace CkiSdk.Storage;

/// <summary>Copies a unit of work whose octets the caller may use again while it waits to be written.</summary>
public static class OwnedOctets
{
    /// <summary>Copies the octets of a unit of work, unless they are final.</summary>
    /// <param name="work">The work.</param>
    public static UnitOfWork Of(UnitOfWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.HasFinalOctets ? work : work with
        {
            Answer = work.Answer is { } answer ? answer with { RequestHash = answer.RequestHash.ToArray(), Body = answer.Body.ToArray() } : null,
            Changes = [.. work.Changes.Select(Of)],
        };
    }

    private static StoreChange Of(StoreChange change) => change switch
    {
        StoreChange.PutUser put => new StoreChange.PutUser(put.User with
        {
            Name = put.User.Name.ToArray(),
            EncryptionCertificate = put.User.EncryptionCertificate.ToArray(),
            AuthenticationCertificate = put.User.AuthenticationCertificate.ToArray(),
        }),
        StoreChange.PutCard put => new StoreChange.PutCard(put.Card with { Content = put.Card.Content.ToArray() }),
        StoreChange.FixName fix => fix with { Name = fix.Name.ToArray() },
        StoreChange.PutKey put => new StoreChange.PutKey(put.Key with { WrappedKey = put.Key.WrappedKey.ToArray() }),
        StoreChange.AddCertificate add => add with { Certificate = add.Certificate with { Serial = add.Certificate.Serial.ToArray(), Encoded = add.Certificate.Encoded.ToArray() } },
        StoreChange.AddHolder add => add with { Serial = add.Serial.ToArray() },
        StoreChange.Enqueue enqueue => enqueue with { Message = enqueue.Message.ToArray() },
        _ => change,
    };
}
