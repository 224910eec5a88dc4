using CkiSdk.Asn1;

namespace CkiSdk.Transports.Tcp;

/// <summary>One frame of the TCP transport (RFC 2510 §5.2; CKI profile section 7).</summary>
/// <remarks>Times are seconds since 1970-01-01T00:00:00Z. Two frames are equal if their octets are.</remarks>
public abstract record TcpFrame
{
    private TcpFrame()
    {
    }

    /// <summary>Gets the flag octet.</summary>
    public abstract TcpFrameFlag Flag { get; }

    /// <summary>Carries a request or an announcement.</summary>
    /// <param name="Message">The DER of the PKIMessage; not empty.</param>
    public sealed record PkiMsg(OctetString Message) : TcpFrame
    {
        /// <inheritdoc/>
        public override TcpFrameFlag Flag => TcpFrameFlag.PkiMsg;
    }

    /// <summary>Says that there is no answer yet.</summary>
    /// <param name="Reference">The reference to ask under.</param>
    /// <param name="CheckBack">The time to ask at.</param>
    public sealed record PollRep(uint Reference, uint CheckBack) : TcpFrame
    {
        /// <inheritdoc/>
        public override TcpFrameFlag Flag => TcpFrameFlag.PollRep;
    }

    /// <summary>Asks for the answer under a reference; reference 0 asks for the next announcement.</summary>
    /// <param name="Reference">The reference.</param>
    public sealed record PollReq(uint Reference) : TcpFrame
    {
        /// <inheritdoc/>
        public override TcpFrameFlag Flag => TcpFrameFlag.PollReq;
    }

    /// <summary>Says that nothing further will come.</summary>
    public sealed record NegPollRep : TcpFrame
    {
        /// <inheritdoc/>
        public override TcpFrameFlag Flag => TcpFrameFlag.NegPollRep;
    }

    /// <summary>Carries an answer that is not the last one, and the reference to ask for the next one.</summary>
    /// <param name="Reference">The reference to ask under.</param>
    /// <param name="CheckBack">The time to ask at.</param>
    /// <param name="Message">The DER of the PKIMessage; not empty.</param>
    public sealed record PartialMsgRep(uint Reference, uint CheckBack, OctetString Message) : TcpFrame
    {
        /// <inheritdoc/>
        public override TcpFrameFlag Flag => TcpFrameFlag.PartialMsgRep;
    }

    /// <summary>Carries the answer, or one announcement that was asked for.</summary>
    /// <param name="Message">The DER of the PKIMessage; not empty.</param>
    public sealed record FinalMsgRep(OctetString Message) : TcpFrame
    {
        /// <inheritdoc/>
        public override TcpFrameFlag Flag => TcpFrameFlag.FinalMsgRep;
    }

    /// <summary>Carries words for a human reader.</summary>
    /// <param name="Text">The words.</param>
    public sealed record ErrorMsgRep(string Text) : TcpFrame
    {
        /// <inheritdoc/>
        public override TcpFrameFlag Flag => TcpFrameFlag.ErrorMsgRep;
    }
}
