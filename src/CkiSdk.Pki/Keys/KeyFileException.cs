namespace CkiSdk.Pki.Keys;

/// <summary>Reports that a key file could not be read.</summary>
public sealed class KeyFileException : Exception
{
    /// <summary>Reports a file without a key.</summary>
    public KeyFileException()
        : this(KeyFileError.NoKey, "The file holds no key.")
    {
    }

    /// <summary>Reports a file without a key in words.</summary>
    /// <param name="message">What is wrong; never anything secret.</param>
    public KeyFileException(string message)
        : this(KeyFileError.NoKey, message)
    {
    }

    /// <summary>Reports a file without a key, and the cause.</summary>
    /// <param name="message">What is wrong; never anything secret.</param>
    /// <param name="innerException">The cause.</param>
    public KeyFileException(string message, Exception innerException)
        : this(KeyFileError.NoKey, message, innerException)
    {
    }

    /// <summary>Reports a failure of a known kind.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="message">What is wrong; never anything secret.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public KeyFileException(KeyFileError code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Gets the kind of failure.</summary>
    public KeyFileError Code { get; }
}
