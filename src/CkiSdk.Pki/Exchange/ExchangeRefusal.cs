namespace CkiSdk.Pki.Exchange;

/// <summary>Says why a message of a channel was refused.</summary>
public enum ExchangeRefusal
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The octets are no message.</summary>
    Malformed,

    /// <summary>The number was there before.</summary>
    Replayed,

    /// <summary>The number is not the next one: a message is missing, or they changed places.</summary>
    OutOfOrder,

    /// <summary>The octets are not what the peer sent.</summary>
    NotAuthentic,

    /// <summary>The peer said that nothing would follow, or an earlier message was refused.</summary>
    Closed,
}
