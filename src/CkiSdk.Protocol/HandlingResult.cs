namespace CkiSdk.Protocol;

/// <summary>Is what a handler made of a message.</summary>
public abstract record HandlingResult
{
    private HandlingResult()
    {
    }

    /// <summary>Answers finally.</summary>
    /// <param name="Message">The DER of the answering PKIMessage.</param>
    public sealed record Answer(ReadOnlyMemory<byte> Message) : HandlingResult;

    /// <summary>Answers with status waiting: the same request, sent again, asks for the final answer.</summary>
    /// <param name="Message">The DER of the answering PKIMessage.</param>
    /// <param name="NotBefore">When to ask again.</param>
    public sealed record Waiting(ReadOnlyMemory<byte> Message, DateTimeOffset NotBefore) : HandlingResult;

    /// <summary>Took an announcement; there is nothing to say.</summary>
    public sealed record Accepted : HandlingResult;

    /// <summary>Refuses octets that no PKIMessage can answer (profile section 4, "No error body exists").</summary>
    /// <param name="Text">What was wrong, for people; no more than the sender knows already.</param>
    public sealed record Refused(string Text) : HandlingResult;
}
