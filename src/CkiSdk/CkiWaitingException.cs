namespace CkiSdk;

/// <summary>Tells that the other party has not decided yet: the same request, sent again later, asks for the answer.</summary>
public sealed class CkiWaitingException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CkiWaitingException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">Who has not decided what.</param>
    public CkiWaitingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">Who has not decided what.</param>
    /// <param name="innerException">The cause.</param>
    public CkiWaitingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
