namespace CkiSdk.Protocol.Binding;

/// <summary>Is what a party makes of the first message on a connection that has not been bound.</summary>
public abstract record BindOutcome
{
    private BindOutcome()
    {
    }

    /// <summary>The connection is bound.</summary>
    /// <param name="Answer">The DER of ckiBindrp, to be sent.</param>
    /// <param name="Connection">What all that follows goes through.</param>
    public sealed record Bound(ReadOnlyMemory<byte> Answer, BoundConnection Connection) : BindOutcome;

    /// <summary>The bind is refused by an answer, after which the connection is closed.</summary>
    /// <param name="Answer">The DER of ckiBindrp, to be sent.</param>
    public sealed record Rejected(ReadOnlyMemory<byte> Answer) : BindOutcome;

    /// <summary>It was no bind, so that no PKIMessage can answer; the connection is closed.</summary>
    /// <param name="Text">What was wrong, for people.</param>
    public sealed record NoBind(string Text) : BindOutcome;
}
