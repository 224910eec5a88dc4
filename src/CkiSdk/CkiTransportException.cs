namespace CkiSdk;

/// <summary>Tells that the wire failed: whether the message arrived is not known, and to try again makes sense.</summary>
public sealed class CkiTransportException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CkiTransportException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public CkiTransportException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public CkiTransportException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="message">What happened, and where.</param>
    /// <param name="innerException">The cause.</param>
    public CkiTransportException(CkiTransportFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Gets the fault.</summary>
    public CkiTransportFault Fault { get; }
}
