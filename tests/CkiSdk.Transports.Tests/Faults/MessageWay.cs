namespace CkiSdk.Transports.Tests.Faults;

/// <summary>Is a way on which a test can also do something to messages.</summary>
internal abstract class MessageWay(OnceParty party) : FaultyWay(party)
{
    /// <summary>Lets a client ask while its request, or the answer, is lost on the way.</summary>
    /// <param name="isRequest">Which of the two is lost.</param>
    /// <param name="ask">Asks once; what it throws as a transport is caught.</param>
    public abstract Task LoseAsync(bool isRequest, Func<Task> ask);

    /// <summary>Makes the octets in which a request travels, above TLS.</summary>
    public abstract ValueTask<byte[]> WrapAsync(byte[] request);

    /// <summary>Puts octets before the party that no client of ours would send, as one who may send. It returns when they were looked at, as far as that can be seen.</summary>
    public abstract Task InjectAsync(byte[] octets);

    /// <summary>Gives octets that are no message, with a description.</summary>
    /// <param name="whole">The octets of a message.</param>
    public abstract IEnumerable<(string Description, byte[] Octets)> Hostile(byte[] whole);
}
