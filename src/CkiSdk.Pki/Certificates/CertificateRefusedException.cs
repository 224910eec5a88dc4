namespace CkiSdk.Pki.Certificates;

/// <summary>Reports that a certificate was not signed, because it would violate the profile.</summary>
public sealed class CertificateRefusedException : Exception
{
    /// <summary>Reports an unspecified violation.</summary>
    public CertificateRefusedException()
        : this([])
    {
    }

    /// <summary>Reports a violation in words.</summary>
    /// <param name="message">What is wrong.</param>
    public CertificateRefusedException(string message)
        : base(message) => Findings = [];

    /// <summary>Reports a violation and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public CertificateRefusedException(string message, Exception innerException)
        : base(message, innerException) => Findings = [];

    /// <summary>Reports everything that is wrong.</summary>
    /// <param name="findings">What is wrong.</param>
    public CertificateRefusedException(IReadOnlyList<LintFinding> findings)
        : base("The certificate is not signed: " + string.Join("; ", findings)) => Findings = findings;

    /// <summary>Gets what is wrong.</summary>
    public IReadOnlyList<LintFinding> Findings { get; }
}
