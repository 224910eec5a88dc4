namespace CkiSdk.Crypto;

/// <summary>Reports that a cryptographic provider refused a key or failed.</summary>
public sealed class CryptoProviderException : Exception
{
    /// <summary>Reports an unspecified failure.</summary>
    public CryptoProviderException()
        : this(CryptoError.Failure, "The cryptographic operation failed.")
    {
    }

    /// <summary>Reports an unspecified failure in words.</summary>
    /// <param name="message">What failed; never anything secret.</param>
    public CryptoProviderException(string message)
        : this(CryptoError.Failure, message)
    {
    }

    /// <summary>Reports an unspecified failure and its cause.</summary>
    /// <param name="message">What failed; never anything secret.</param>
    /// <param name="innerException">The cause.</param>
    public CryptoProviderException(string message, Exception innerException)
        : this(CryptoError.Failure, message, innerException)
    {
    }

    /// <summary>Reports a failure of a known kind.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="message">What failed; never anything secret.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CryptoProviderException(CryptoError code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Gets the kind of failure.</summary>
    public CryptoError Code { get; }
}
