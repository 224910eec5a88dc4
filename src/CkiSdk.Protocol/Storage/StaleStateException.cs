namespace CkiSdk.Protocol.Storage;

/// <summary>Tells that what a unit of work was decided on has changed meanwhile; nothing was written. To decide anew makes sense.</summary>
public sealed class StaleStateException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StaleStateException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What has changed.</param>
    public StaleStateException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What has changed.</param>
    /// <param name="innerException">The cause.</param>
    public StaleStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
