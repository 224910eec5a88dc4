using CkiSdk.Pki.Certificates;

namespace CkiSdk.Pki.Paths;

/// <summary>Says one thing that is wrong with a certification path.</summary>
/// <param name="Index">The place in the path: 0 for the certificate itself, then towards the anchor.</param>
/// <param name="Certificate">The certificate; <see langword="null"/> for an anchor that is a name and a key.</param>
/// <param name="Code">The rule.</param>
/// <param name="Clause">The clause of the standard, such as <c>RFC 5280 §6.1.3 (a)(2)</c>.</param>
/// <param name="Message">What is wrong, in words.</param>
public sealed record PathReason(int Index, Certificate? Certificate, ReasonCode Code, string Clause, string Message)
{
    /// <summary>Gives place, message and clause.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Certificate?.Subject.ToString() ?? "the anchor"}: {Message} ({Clause})";
}
