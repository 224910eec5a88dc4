using CkiSdk.Transports.Tcp;

namespace CkiSdk.Transports.Kestrel.Tcp;

/// <summary>Decides which frame answers a frame of one connection, without I/O.</summary>
internal interface ITcpDialogue
{
    /// <summary>Gets whether it is known who the client is; until then he must hurry.</summary>
    bool IsOpen { get; }

    /// <summary>Answers one frame.</summary>
    /// <returns>The answer, and whether the connection ends after it.</returns>
    ValueTask<(TcpFrame Answer, bool Ends)> AnswerAsync(TcpFrame frame, CancellationToken cancellationToken);
}
