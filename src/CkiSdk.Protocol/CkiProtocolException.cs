using CkiSdk.Asn1.Modules.CKIKeyManagementProtocol;

namespace CkiSdk.Protocol;

/// <summary>Tells that a peer broke the rules of the protocol; the message names field, value and paragraph.</summary>
public sealed class CkiProtocolException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CkiProtocolException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What the peer did.</param>
    public CkiProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What the peer did.</param>
    /// <param name="innerException">The cause.</param>
    public CkiProtocolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for a failure that the protocol has a bit for.</summary>
    /// <param name="failure">The failure (CKI Part 2 ¶23).</param>
    /// <param name="message">What the peer did.</param>
    public CkiProtocolException(PKIFailureInfo failure, string message)
        : base(message) => Failure = failure;

    /// <summary>Gets the failure; no bit is set where the protocol has none for it.</summary>
    public PKIFailureInfo Failure { get; }
}
