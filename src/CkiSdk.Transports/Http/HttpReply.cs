namespace CkiSdk.Transports.Http;

/// <summary>Says what an answer over HTTP is.</summary>
public enum HttpReply
{
    /// <summary>A PKIMessage; also with a state of 400 and more.</summary>
    Message,

    /// <summary>A message was taken and there is nothing to say (202), or no announcement waits (204).</summary>
    Nothing,

    /// <summary>The octets are no message that can be answered; the content says why.</summary>
    Refusal,

    /// <summary>The server does not accept this client.</summary>
    NotAuthenticated,

    /// <summary>The server cannot answer now; to try again makes sense.</summary>
    Unavailable,

    /// <summary>The mapping knows no such answer: a redirection, another server's page, nothing at that path.</summary>
    Violation,
}
