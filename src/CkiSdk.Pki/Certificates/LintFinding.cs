namespace CkiSdk.Pki.Certificates;

/// <summary>Says one thing that is wrong with a certificate.</summary>
/// <param name="Clause">The clause that is violated, such as <c>RFC 5280 §4.1.2.2</c>.</param>
/// <param name="Message">What is wrong.</param>
public sealed record LintFinding(string Clause, string Message)
{
    /// <summary>Gives message and clause.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Message} ({Clause})";
}
