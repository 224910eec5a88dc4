namespace CkiSdk.Pki.Exchange;

/// <summary>Reports that a peer was refused: his certificate, his signature or the form of what he sent.</summary>
public sealed class ExchangeRefusedException : Exception
{
    /// <summary>Reports a refusal without a reason.</summary>
    public ExchangeRefusedException()
        : this("The peer was refused.")
    {
    }

    /// <summary>Reports a refusal.</summary>
    /// <param name="message">The reason.</param>
    public ExchangeRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Reports a refusal and its cause.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">The cause.</param>
    public ExchangeRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
