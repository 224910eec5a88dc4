namespace OwnTransport;

/// <summary>Says what a frame holds.</summary>
internal enum FrameKind : byte
{
    /// <summary>A message for the party.</summary>
    Message,

    /// <summary>Asks for the oldest announcement; holds the one before, if that is done with.</summary>
    Next,

    /// <summary>The last answer, or an announcement.</summary>
    Answer,

    /// <summary>An answer that is not the last: eight octets of time in milliseconds since 1970, then the message.</summary>
    Waiting,

    /// <summary>There is nothing to say.</summary>
    Nothing,

    /// <summary>The octets were no message that can be answered: words in UTF-8.</summary>
    Refusal,
}
